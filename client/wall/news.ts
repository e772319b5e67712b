/** Which alarms were open when last looked at; undefined: nobody has looked yet, and then none is news. */
export type Seen = ReadonlySet<string> | undefined

/** Alarms that were not open when last looked at. One that went and came back is news again, so nothing is kept of what went. */
export function newsOf(seen: Seen, open: readonly string[]): { fresh: string[]; seen: ReadonlySet<string> } {
  return { fresh: seen ? open.filter((key) => !seen.has(key)) : [], seen: new Set(open) }
}
