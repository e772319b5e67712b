export type ContentEncoding = 'br' | 'gzip' | 'identity'

/** What the server can send, the one it likes best first. */
const OFFERED: ContentEncoding[] = ['br', 'gzip', 'identity']

/**
 * The best of the encodings on offer that an Accept-Encoding header allows (RFC 9110, 12.5.3): the highest q wins, the
 * first among equals. No header: as it is. Undefined when all of them are refused. What cannot be parsed is skipped.
 */
export function negotiateEncoding(
  header: string | undefined,
  offered: readonly ContentEncoding[] = OFFERED,
): ContentEncoding | undefined {
  if (header === undefined) return 'identity'
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [coding, ...parameters] = part.split(';').map((text) => text.trim())
    if (!coding) continue
    const q = parameters.find((text) => text.startsWith('q='))
    const weight =
      q === undefined ? 1 : /^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? Number(q.slice(2)) : undefined
    if (weight !== undefined) weights.set(coding === 'x-gzip' ? 'gzip' : coding, weight)
  }
  // Identity is allowed unless refused, but anything named is preferred to it.
  const weightOf = (coding: ContentEncoding): number =>
    weights.get(coding) ?? weights.get('*') ?? (coding === 'identity' ? 0.0001 : 0)
  let best: ContentEncoding | undefined
  for (const coding of offered) {
    if (weightOf(coding) > (best ? weightOf(best) : 0)) best = coding
  }
  return best
}
