import { Problem } from '../../geodata/shared/problem.ts'
import type { Identity } from './identity.ts'

/** Throws not-signed-in for someone who reads published layers alone, unless this is one of them. */
export function readableLayer({ layers }: Pick<Identity, 'layers'>, layer: string): void {
  const published: ReadonlySet<string> | undefined = layers
  if (published === undefined || published.has(layer)) return
  throw new Problem(
    'not-signed-in',
    `The layer ${layer} is not published. Sign in, or send a token: Authorization: Bearer gw_….`,
  )
}
