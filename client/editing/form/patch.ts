import type { Change, StoredInput } from '../../../geodata/editing/draft.ts'
import { isEqual } from '../../../geodata/editing/is-equal.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { type Field, fieldsOf } from './fields.ts'
import { checkValue, type Entry, type EntryProblem, readEntry, readNumber } from './read-entry.ts'

/** What is done to one property of many features. */
export type FieldPatch = { set: unknown } | { add: number }
export type Patch = Readonly<Record<string, FieldPatch>>

export interface Chosen {
  id: number
  input: StoredInput
}

/** Typed to make a property of many features unknown: an empty field leaves it alone. */
export const UNKNOWN = '?'

/** The properties with the changes laid over them; what is undefined goes. */
export function withPatch(
  properties: Record<string, unknown>,
  changes: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...properties, ...changes }).filter(([, value]) => value !== undefined),
  )
}

/**
 * What was typed for many: a figure with a sign adds to what each has, `?` makes it unknown, everything else is read as
 * for one. The value of the entry is a FieldPatch; undefined leaves the property as it is.
 */
export function readPatch(layer: LayerId, field: Field, typed: string): Entry {
  const text = typed.trim()
  if (text === '') return { ok: true, value: undefined }
  if (field.nullable && text.normalize('NFKC') === UNKNOWN)
    return { ok: true, value: { set: null } satisfies FieldPatch }
  const add = field.kind === 'number' && /^[+-]/.test(text.normalize('NFKC')) ? readNumber(text) : undefined
  if (add !== undefined) {
    if (field.whole && !Number.isInteger(add))
      return { ok: false, problem: { key: 'notWhole', params: { found: text } } }
    return { ok: true, value: { add } satisfies FieldPatch }
  }
  const entry = readEntry(layer, field, typed)
  return entry.ok ? { ok: true, value: { set: entry.value } satisfies FieldPatch } : entry
}

export type PatchOutcome =
  | { ok: true; changes: Change[]; counts: Record<string, number> }
  | { ok: false; id: number; field: string; problem: EntryProblem }

/**
 * The changes that a patch makes of the features, one for each that differs from what it was; `counts` says for how many
 * features each property changes. An unknown figure stays unknown when something is added to it. All or nothing: the
 * first value that the layer does not take refuses the whole.
 */
export function patchAll(layer: LayerId, chosen: readonly Chosen[], patch: Patch): PatchOutcome {
  const fields = new Map(fieldsOf(layer).map((field) => [field.name, field]))
  const counts: Record<string, number> = {}
  const changes: Change[] = []
  for (const { id, input } of chosen) {
    const next: Record<string, unknown> = {}
    for (const [name, what] of Object.entries(patch)) {
      const was = input.properties[name]
      if ('set' in what) next[name] = what.set
      else if (typeof was === 'number') {
        const field = fields.get(name)!
        // Sums of tenths are tenths.
        const entry = checkValue(layer, field, Math.round((was + what.add) * 1e6) / 1e6)
        if (!entry.ok) return { ok: false, id, field: name, problem: entry.problem }
        next[name] = entry.value
      }
      if (name in next && !isEqual(next[name], was)) counts[name] = (counts[name] ?? 0) + 1
    }
    const properties = withPatch(input.properties, next)
    if (!isEqual(properties, input.properties))
      changes.push({ layer, id, before: input, after: { ...input, properties } })
  }
  return { ok: true, changes, counts }
}

/** The values that a property has among the features, each once. */
export function distinctValues(chosen: readonly Chosen[], name: string): unknown[] {
  const seen = new Map<string, unknown>()
  for (const { input } of chosen) {
    const value = input.properties[name] ?? null
    seen.set(JSON.stringify(value), value)
  }
  return [...seen.values()]
}
