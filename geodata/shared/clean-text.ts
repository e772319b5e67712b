/**
 * Text from outside in a form that the database keeps: without NUL, lone surrogates as U+FFFD, at most `max` UTF-16
 * units and never ending in half a character.
 */
export function cleanText(text: string, max = Number.POSITIVE_INFINITY): string {
  const clean = text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')
  return clean.length > max ? clean.slice(0, max).replace(/\p{Surrogate}$/u, '') : clean
}

/** JSON whose texts are in that form. */
export const cleanJson = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? cleanText(member) : member))
