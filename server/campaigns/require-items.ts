import type { ChecklistVersion, Found } from '../../geodata/campaigns/checklist.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'

/** Throws invalid-body unless what was found and done stands in the checklist. */
export function requireItems(
  { name, version, findings, measures }: ChecklistVersion,
  found: readonly Found[],
  done: readonly string[],
): void {
  const missing = (codes: readonly string[], items: readonly { code: string }[]) =>
    codes.filter((code) => !items.some((item) => item.code === code))
  const strange = [
    ...missing(
      found.map(({ code }) => code),
      findings,
    ).map((code) => ({ at: '/findings', message: `has “${code}”` })),
    ...missing(done, measures).map((code) => ({ at: '/measures', message: `has “${code}”` })),
  ]
  if (strange.length > 0)
    throw new Problem(
      'invalid-body',
      `Version ${version} of the checklist “${name}” does not have: ${strange.map(({ message }) => message.slice(4)).join(', ')}.`,
      { issues: strange },
    )
}
