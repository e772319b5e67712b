import type { z } from 'zod'
import { cleanText } from '../../shared/clean-text.ts'
import { catalogueValue } from './property-names.ts'

export type Fitted = { ok: true; value: unknown; note?: string } | { ok: false; reason: string }

const WORDS_FOR = new Map<string, boolean>([
  ['true', true],
  ['false', false],
  ['yes', true],
  ['no', false],
  ['是', true],
  ['否', false],
  ['1', true],
  ['0', false],
])

/**
 * A value from a file, in the first form that the field accepts: as it is, then text as number, truth value or
 * catalogue key, number as text. `undefined` leaves the field to its default. Says in a note what was changed.
 */
export function fitValue(field: z.ZodType, property: string, value: unknown): Fitted {
  const first = field.safeParse(value)
  if (first.success) return { ok: true, value }
  for (const { candidate, note } of otherForms(value)) {
    if (field.safeParse(candidate).success)
      return { ok: true, value: candidate, ...(note ? { note: `${property}: ${note}` } : {}) }
  }
  if (value === null || value === '') return { ok: true, value: undefined }
  return { ok: false, reason: `${property} is ${shorten(value)}: ${first.error.issues[0]!.message}` }
}

function otherForms(value: unknown): { candidate: unknown; note?: string }[] {
  if (typeof value === 'string') {
    const text = value.trim()
    if (text === '') return [{ candidate: null }]
    const forms: { candidate: unknown; note?: string }[] = []
    const number = Number(text.replace(/^\+/, ''))
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(number))
      forms.push({ candidate: number, note: 'numbers written as text were read as numbers' })
    const truth = WORDS_FOR.get(text.toLowerCase())
    if (truth !== undefined) forms.push({ candidate: truth, note: 'words were read as yes or no' })
    const key = catalogueValue(text)
    if (key) forms.push({ candidate: key, note: 'words were read as values of the catalogue' })
    return forms
  }
  if (typeof value === 'number') {
    // A code above 2^53 was already rounded by JSON: as text it would name another cell.
    const asText = Number.isSafeInteger(value) || !Number.isInteger(value)
    return [
      ...(asText ? [{ candidate: String(value), note: 'numbers were read as text' }] : []),
      ...(value === 0 || value === 1
        ? [{ candidate: value === 1, note: 'numbers were read as yes or no' }]
        : []),
      { candidate: Math.round(value), note: 'numbers were rounded' },
    ]
  }
  return []
}

function shorten(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${cleanText(text, 60)}…` : text
}
