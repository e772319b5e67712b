import { LAYERS } from '../../../geodata/layers.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import type { Field } from './fields.ts'

/** Why an entry cannot be taken: a key below `form.problem` and what it says. */
export interface EntryProblem {
  key:
    | 'noNumber'
    | 'notWhole'
    | 'tooSmall'
    | 'tooBig'
    | 'tooLong'
    | 'missing'
    | 'control'
    | 'noTime'
    | 'notAllowed'
  params: Record<string, string | number>
}
/** `undefined` as a value: the property is left out and the server makes one. */
export type Entry = { ok: true; value: unknown } | { ok: false; problem: EntryProblem }

const refuse = (key: EntryProblem['key'], params: EntryProblem['params'] = {}): Entry => ({
  ok: false,
  problem: { key, params },
})

/** What somebody typed into a field of one line, as the value that is saved. An empty field is unknown, never 0. */
export function readEntry(layer: LayerId, field: Field, typed: string): Entry {
  const text = typed.trim()
  if (text === '') {
    if (field.nullable) return { ok: true, value: null }
    return field.generated ? { ok: true, value: undefined } : refuse('missing')
  }
  if (field.kind === 'number') {
    const number = readNumber(text)
    return number === undefined ? refuse('noNumber', { found: text }) : checkValue(layer, field, number)
  }
  if (field.kind === 'instant') {
    const time = new Date(text)
    if (Number.isNaN(time.getTime())) return refuse('noTime', { found: text })
    return checkValue(layer, field, time.toISOString())
  }
  if (field.kind === 'yes-no') return { ok: true, value: text === 'true' }
  return checkValue(layer, field, text)
}

/** Figures as people type them: separators of thousands and full-width digits are understood. */
export function readNumber(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '')
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined
}

/** Whether the layer's schema takes the value, and if not why, in found and expected. */
export function checkValue(layer: LayerId, field: Field, value: unknown): Entry {
  const schema = LAYERS[layer].input.shape[field.name] as
    | { safeParse(value: unknown): ParseOutcome }
    | undefined
  const parsed = schema?.safeParse(value)
  if (!parsed || parsed.success) return { ok: true, value: parsed ? parsed.data : value }
  const found = typeof value === 'number' ? value : String(value)
  if (field.kind === 'number') {
    const number = Number(value)
    if (field.whole && !Number.isInteger(number)) return refuse('notWhole', { found })
    if (field.min !== undefined && number < field.min) return refuse('tooSmall', { found, least: field.min })
    if (field.max !== undefined && number > field.max) return refuse('tooBig', { found, most: field.max })
    return refuse('noNumber', { found })
  }
  const length = String(value).length
  if (typeof value === 'string' && field.maxLength !== undefined && length > field.maxLength)
    return refuse('tooLong', { found: length, most: field.maxLength })
  if (typeof value === 'string' && field.kind !== 'choice') return refuse('control')
  return refuse('notAllowed', { found: typeof value === 'object' ? '' : found })
}

type ParseOutcome = { success: true; data: unknown } | { success: false }
