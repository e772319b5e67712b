import type { Context } from 'hono'
import { Problem } from '../../geodata/shared/problem.ts'

/**
 * The version named by If-Match. Throws version-required. A wildcard is refused: it would overwrite what the writer
 * has not seen.
 */
export function readVersion(context: Context): number {
  const header = context.req.header('if-match')
  const match = /^"?(\d{1,9})"?$/.exec(header?.trim() ?? '')
  if (match) return Number(match[1])
  throw new Problem(
    'version-required',
    header
      ? `If-Match is ${header.slice(0, 40)}; expected the version that you read, such as "3".`
      : 'If-Match is missing. Send the version that you read, such as If-Match: "3", so that nobody’s change is lost.',
  )
}
