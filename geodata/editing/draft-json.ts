import { z } from 'zod'
import { LAYERS } from '../layers.ts'
import { LAYER_IDS } from '../shared/layer.ts'
import { type Change, type Draft, draftKey, type StoredInput } from './draft.ts'
import { isEqual } from './is-equal.ts'

const FORMAT = 'gridward-draft'
const VERSION = 1

/** A draft as text, for the copy that a browser keeps. Undo and redo are in it. */
export const draftToJson = (draft: Draft): string =>
  JSON.stringify({ format: FORMAT, version: VERSION, ...draft })

const lngLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
const ring = z
  .array(lngLat)
  .min(4)
  .refine((points) => isEqual(points[0], points.at(-1)), 'a ring is not closed')
const geometry = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Point'), coordinates: lngLat }),
  z.strictObject({ type: z.literal('LineString'), coordinates: z.array(lngLat).min(2) }),
  z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
])
const stored: z.ZodType<StoredInput> = z
  .strictObject({
    version: z.int().min(1).nullable(),
    geometry,
    properties: z.record(z.string(), z.unknown()),
    parentId: z.int().nullable().optional(),
  })
  .transform(({ parentId, ...rest }) => (parentId === undefined ? rest : { ...rest, parentId }))
const change = z.strictObject({
  layer: z.enum(LAYER_IDS),
  id: z.int().refine((id) => id !== 0, 'an id is 0'),
  before: stored.nullable(),
  after: stored.nullable(),
})
const edit = z.strictObject({ what: z.string().max(80), changes: z.array(change).min(1) })
const kept = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  done: z.array(edit),
  undone: z.array(edit),
})

/**
 * Reads what `draftToJson` wrote. Never throws: text that is damaged, from another version, or whose edits do not
 * follow from one another is refused with what was found, in English, for a person who will keep or throw it away.
 */
export function draftFromJson(text: unknown): { ok: true; draft: Draft } | { ok: false; reason: string } {
  if (typeof text !== 'string')
    return refuse(`it is ${text === null ? 'null' : `of type ${typeof text}`}, expected text`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse(`its ${text.length} characters are not JSON; it was cut off or altered`)
  }
  const read = kept.safeParse(value)
  if (!read.success) {
    const { path, message } = read.error.issues[0]!
    return refuse(`${path.join('.') || 'the whole'}: ${message}`)
  }
  const { done, undone } = read.data
  const states = new Map<string, StoredInput | null>()
  // Undone edits follow on from the done ones, the last of them first.
  for (const { changes } of [...done, ...undone.toReversed()]) {
    for (const item of changes) {
      const misfit = findMisfit(item, states)
      if (misfit) return refuse(`${item.layer}/${item.id}: ${misfit}`)
      states.set(draftKey(item.layer, item.id), item.after)
    }
  }
  return { ok: true, draft: { done, undone } }
}

const refuse = (found: string) => ({ ok: false as const, reason: `The kept draft cannot be read: ${found}` })

function findMisfit({ layer, id, before, after }: Change, states: Map<string, StoredInput | null>) {
  const key = draftKey(layer, id)
  if (states.has(key) && !isEqual(states.get(key), before))
    return 'an edit does not follow from the one before'
  for (const side of [before, after]) {
    if (side && side.geometry.type !== LAYERS[layer].geometry)
      return `a ${side.geometry.type} in a layer of ${LAYERS[layer].geometry}`
    if (side && id > 0 && side.version === null) return 'a saved feature without a version'
  }
  return before || after ? undefined : 'neither before nor after'
}
