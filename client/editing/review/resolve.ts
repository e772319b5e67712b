import { afterDeletion } from '../../../geodata/editing/change-set.ts'
import { changedFields, type StoredInput } from '../../../geodata/editing/draft.ts'
import { mergeByField } from '../../../geodata/editing/merge-by-field.ts'
import type { FeatureRef } from '../working-set.ts'

/** Three versions of one feature: what the edit started from, what is wanted, what the server holds now. */
export interface Conflict extends FeatureRef {
  base: StoredInput
  /** null: the draft deletes it. */
  mine: StoredInput | null
  /** null: somebody deleted it. */
  theirs: StoredInput | null
  /** The version it was deleted at; undefined while it stands, or when nobody knows. */
  deletedAt: number | undefined
}

export type Side = 'mine' | 'theirs'

/** A property, or `geometry`, that one side or both changed. */
export interface Row {
  field: string
  base: unknown
  mine: unknown
  theirs: unknown
  /** Both changed it, and not alike. */
  clash: boolean
  /** What merging takes unless somebody chooses otherwise. */
  taken: Side
}

const inVersion = ({ geometry, properties }: StoredInput, field: string): unknown =>
  field === 'geometry' ? geometry : properties[field]

/** What there is to choose, clashes first; empty when one side deleted the feature. */
export function rowsOf({ base, mine, theirs }: Conflict): Row[] {
  if (!mine || !theirs) return []
  const clashes = new Set(mergeByField(base, mine, theirs).clashes.map(({ field }) => field))
  const ours = new Set(changedFields(base, mine))
  const fields = [...new Set([...ours, ...changedFields(base, theirs)])]
  return fields
    .map((field): Row => {
      const clash = clashes.has(field)
      return {
        field,
        base: inVersion(base, field),
        mine: inVersion(mine, field),
        theirs: inVersion(theirs, field),
        clash,
        taken: clash || ours.has(field) ? 'mine' : 'theirs',
      }
    })
    .sort((one, other) => Number(other.clash) - Number(one.clash))
}

/** The draft's new start and end of the feature, as `DraftStore.rebase` takes them. */
export interface Resolved {
  theirs: StoredInput | null
  mine: StoredInput | null
}

/** Puts the versions together by field; a field that was not chosen is taken as its row says. */
export function mergeChosen(conflict: Conflict, chosen: Readonly<Record<string, Side>>): Resolved {
  const { mine, theirs } = conflict
  if (!mine || !theirs) return takeSide(conflict, 'mine')
  let { geometry } = theirs
  const properties = { ...theirs.properties }
  for (const { field, taken } of rowsOf(conflict)) {
    if ((chosen[field] ?? taken) === 'theirs') continue
    if (field === 'geometry') geometry = mine.geometry
    else if (mine.properties[field] === undefined) delete properties[field]
    else properties[field] = mine.properties[field]
  }
  return { theirs, mine: { ...mine, version: theirs.version, geometry, properties } }
}

/**
 * Takes one side as a whole. Mine over a deletion brings the feature back; where
 * nobody knows that version, it stays a conflict (`base` is unchanged).
 */
export function takeSide(conflict: Conflict, side: Side): Resolved {
  const { base, mine, theirs, deletedAt } = conflict
  if (side === 'theirs') return { theirs, mine: theirs }
  if (theirs) return { theirs, mine: mine && { ...mine, version: theirs.version } }
  if (!mine) return { theirs: null, mine: null }
  const version = deletedAt === undefined ? base.version : afterDeletion(deletedAt)
  return { theirs: { ...base, version }, mine: { ...mine, version } }
}
