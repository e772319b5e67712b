import { z } from 'zod'
import { text } from '../shared/fields.ts'
import { LAYER_IDS } from '../shared/layer.ts'

/** UTF-16 units */
export const NOTE_TEXT_MAX = 2000
export const PHOTO_BYTES_MAX = 20 * 1024 * 1024
/** What a photo may be sent as. */
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const
/** Longest side in pixels of what is kept of a photo; smaller ones are not enlarged. */
export const PHOTO_SIZES = { full: 2048, thumb: 320 } as const
export type PhotoSize = keyof typeof PHOTO_SIZES

/** What a person writes in a note; line breaks are LF. */
export const noteText = () =>
  text(NOTE_TEXT_MAX)
    .min(1, 'is empty')
    .overwrite((value) => value.replace(/\r\n?/g, '\n'))

export const photoSchema = z.object({
  id: z.uuid(),
  layer: z.enum(LAYER_IDS),
  feature: z.int(),
  note: z.int().nullable().describe('The note that it belongs to; null: to the feature alone'),
  width: z.int().describe('Pixels of the full size'),
  height: z.int(),
  bytes: z.int().describe('Of the full size'),
  author: z.string(),
  createdAt: z.string(),
})
export type Photo = z.infer<typeof photoSchema>

export const noteSchema = z.object({
  id: z.int(),
  version: z.int().describe('Send it back as If-Match: "version"'),
  layer: z.enum(LAYER_IDS),
  feature: z.int(),
  text: z.string(),
  author: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  photos: z.array(photoSchema).describe('Oldest first'),
})
export type Note = z.infer<typeof noteSchema>
