import type { Geometry } from '../shared/geojson.ts'
import type { LayerId } from '../shared/layer.ts'
import type { ChangeSet } from './change-set.ts'
import { isEqual } from './is-equal.ts'

/** What an edit may change of a feature, as it was read from the server or as it is wanted. */
export interface StoredInput {
  /** Null for a feature that is not saved yet. */
  version: number | null
  geometry: Geometry
  /** Only what a client may write: keys of the layer's input schema. */
  properties: Record<string, unknown>
  /** Cells: the parent in the working copy. Not saved, since there the location decides. */
  parentId?: number | null
}

/** One feature before and after; null where it does not exist. */
export interface Change {
  layer: LayerId
  id: number
  before: StoredInput | null
  after: StoredInput | null
}

export interface Edit {
  /** What was done, as a code that the interface names, e.g. `split`. */
  what: string
  changes: Change[]
}

/** Unsaved work: a plain value. Functions return a new one and leave the old. */
export interface Draft {
  done: Edit[]
  /** Undone edits, the next one to redo last. */
  undone: Edit[]
}

export const EMPTY_DRAFT: Draft = { done: [], undone: [] }

export const draftKey = (layer: LayerId, id: number): string => `${layer}/${id}`

export interface Touched {
  layer: LayerId
  id: number
  state: 'new' | 'changed' | 'deleted'
  /** Names of changed properties, and `geometry`. Empty for new and deleted features. */
  fields: string[]
  base: StoredInput | null
  now: StoredInput | null
}

/** Throws when an edit does not start from what the draft holds: that is a bug of the caller, not of a person. */
export function applyEdit(draft: Draft, edit: Edit): Draft {
  if (edit.changes.length === 0) return draft
  const spans = spansOf(draft.done)
  for (const { layer, id, before } of edit.changes) {
    const span = spans.get(draftKey(layer, id))
    if (span && !isEqual(span.now, before))
      throw new Error(`the edit of ${layer}/${id} does not start from the draft's state of it`)
  }
  return { done: [...draft.done, edit], undone: [] }
}

/** The changes that take the last edit back: each `after` is what to show now. Undefined when there is none. */
export function undo(draft: Draft): { draft: Draft; changes: Change[] } | undefined {
  const edit = draft.done.at(-1)
  if (!edit) return undefined
  return {
    draft: { done: draft.done.slice(0, -1), undone: [...draft.undone, edit] },
    changes: edit.changes
      .map((change) => ({ ...change, before: change.after, after: change.before }))
      .reverse(),
  }
}

export function redo(draft: Draft): { draft: Draft; changes: Change[] } | undefined {
  const edit = draft.undone.at(-1)
  if (!edit) return undefined
  return {
    draft: { done: [...draft.done, edit], undone: draft.undone.slice(0, -1) },
    changes: edit.changes,
  }
}

/** A feature as the draft has it; undefined when the draft does not touch it, null when the draft deletes it. */
export function currentOf(draft: Draft, layer: LayerId, id: number): StoredInput | null | undefined {
  return spansOf(draft.done).get(draftKey(layer, id))?.now
}

/** Features that differ from their base, in the order in which they were first touched. */
export function touched(draft: Draft): Touched[] {
  return [...spansOf(draft.done).values()].flatMap(({ layer, id, base, now }): Touched[] => {
    if (!base && !now) return []
    if (!base) return [{ layer, id, state: 'new', fields: [], base, now }]
    if (!now) return [{ layer, id, state: 'deleted', fields: [], base, now }]
    const fields = changedFields(base, now)
    return fields.length > 0 ? [{ layer, id, state: 'changed', fields, base, now }] : []
  })
}

export function changedFields(base: StoredInput, now: StoredInput): string[] {
  const names = [...new Set([...Object.keys(base.properties), ...Object.keys(now.properties)])]
  const fields = names.filter((field) => !isEqual(base.properties[field], now.properties[field]))
  return isEqual(base.geometry, now.geometry) ? fields : ['geometry', ...fields]
}

/** What to send. A feature that was made and deleted again is in neither list. */
export function toChangeSet(draft: Draft): ChangeSet {
  const changeSet: ChangeSet = { puts: [], deletes: [] }
  for (const { layer, id, base, now } of touched(draft)) {
    if (now) {
      const { geometry, properties } = now
      changeSet.puts.push({ layer, id, version: base?.version ?? null, geometry, properties })
    } else if (base?.version != null) changeSet.deletes.push({ layer, id, version: base.version })
  }
  return changeSet
}

/** A negative id that nothing in the draft, redo included, has. */
export function nextNewId(draft: Draft): number {
  let lowest = 0
  for (const { changes } of [...draft.done, ...draft.undone])
    for (const { id } of changes) lowest = Math.min(lowest, id)
  return lowest - 1
}

/**
 * The draft with one feature's edits taken together into one last edit that starts from what the server holds now
 * (`theirs`) and ends with `mine`. For conflicts: merge first, then rebase. Undone edits are forgotten.
 */
export function rebase(
  draft: Draft,
  { layer, id }: { layer: LayerId; id: number },
  theirs: StoredInput | null,
  mine: StoredInput | null,
): Draft {
  const done = draft.done
    .map((edit) => ({
      ...edit,
      changes: edit.changes.filter((change) => change.layer !== layer || change.id !== id),
    }))
    .filter(({ changes }) => changes.length > 0)
  if (isEqual(theirs, mine)) return { done, undone: [] }
  return {
    done: [...done, { what: 'rebase', changes: [{ layer, id, before: theirs, after: mine }] }],
    undone: [],
  }
}

interface Span {
  layer: LayerId
  id: number
  base: StoredInput | null
  now: StoredInput | null
}

function spansOf(edits: readonly Edit[]): Map<string, Span> {
  const spans = new Map<string, Span>()
  for (const { changes } of edits) {
    for (const { layer, id, before, after } of changes) {
      const key = draftKey(layer, id)
      spans.set(key, { layer, id, base: spans.has(key) ? spans.get(key)!.base : before, now: after })
    }
  }
  return spans
}
