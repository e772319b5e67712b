import { Problem } from '../../geodata/shared/problem.ts'

/**
 * Throws version-conflict unless what is to be changed is still as its writer saw it. `what` with its article: “the layout”.
 */
export function requireVersion(what: string, seen: number, current: number): void {
  if (seen === current) return
  throw new Problem(
    'version-conflict',
    `You changed version ${seen} of ${what}, but version ${current} is there now. Fetch that, apply your change to it and send it with If-Match: "${current}".`,
    { extra: { currentVersion: current } },
  )
}
