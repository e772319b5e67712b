export interface MemberDifference {
  name: string
  before: unknown
  after: unknown
}

type Members = Record<string, unknown>

/** What differs between two states of anything that the audit trail keeps; null: it was not there. */
export function compareMembers(before: Members | null, after: Members | null): MemberDifference[] {
  const [old, now] = [flat(before), flat(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .map((name) => ({ name, before: old[name] ?? undefined, after: now[name] ?? undefined }))
    .filter((member) => ordered(member.before) !== ordered(member.after))
}

/** A feature's properties are members like its geometry; a note stands alone in what it is kept as. */
function flat(state: Members | null): Members {
  if (!state) return {}
  const { properties, note, ...rest } = state
  return { ...rest, ...membersOf(properties), ...membersOf(note) }
}

const membersOf = (value: unknown): Members =>
  value && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}

const ordered = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, member: unknown) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
