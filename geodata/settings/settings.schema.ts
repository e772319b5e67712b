import { z } from 'zod'
import { count, text } from '../shared/fields.ts'
import { LAYER_IDS } from '../shared/layer.ts'

/** EPSG codes in which a position can be read off: geographic, and every CGCS2000 3° Gauss–Krüger belt. */
const READOUT_CRS = /^EPSG:(4326|4490|45(1[3-9]|[234]\d|5[0-4]))$/

const DIVISION = /^[1-9]\d{5}(\d{3})?$/

const band = { min: count(), max: count() }

/** What an administrator decides for the whole installation. Every value has a default. */
export const settingsSchema = z.strictObject({
  areaName: text(80).min(1).nullable().describe('What the area is called; null: nobody named it'),
  householdBand: z
    .strictObject(band)
    .refine(({ min, max }) => min <= max, 'has a lower end above its upper end')
    .describe('Households that a grid should have'),
  reviewNumber: text(60).min(1).nullable().describe('Review number (审图号) that a public map must carry'),
  divisionCode: z
    .string()
    .regex(DIVISION, 'is not a division of 6 (county) or 9 digits (street)')
    .nullable()
    .describe('Administrative division (行政区划代码) that the area lies in, 6 or 9 digits; null: not said'),
  readoutCrs: z
    .string()
    .regex(READOUT_CRS, 'is not EPSG:4326, EPSG:4490 or a CGCS2000 belt from EPSG:4513 to EPSG:4554')
    .describe('Coordinates in which positions are read off the map'),
  publishedLayers: z
    .array(z.enum(LAYER_IDS))
    .refine((layers) => new Set(layers).size === layers.length, 'names a layer twice')
    .describe('Layers that anyone may read without signing in, whole'),
  trackDays: z
    .int()
    .min(1)
    .max(365)
    .describe('Days for which positions of people on patrol are kept; visits and figures stay'),
})
export type Settings = z.infer<typeof settingsSchema>

/** 300–500 households is one county's norm (domain facts); degrees on CGCS2000 are what surveyors here expect. */
export const DEFAULT_SETTINGS: Settings = {
  areaName: null,
  householdBand: { min: 300, max: 500 },
  reviewNumber: null,
  divisionCode: null,
  readoutCrs: 'EPSG:4490',
  publishedLayers: [],
  trackDays: 30,
}

const shape = settingsSchema.shape

/** A merge patch (RFC 7396): what is left out stays, null takes a setting back to its default. */
export const settingsPatchSchema = z.strictObject({
  areaName: shape.areaName.or(z.literal('')).optional(),
  householdBand: z.strictObject(band).partial().nullable().optional(),
  reviewNumber: shape.reviewNumber.or(z.literal('')).optional(),
  divisionCode: shape.divisionCode.or(z.literal('')).optional(),
  readoutCrs: shape.readoutCrs.nullable().optional(),
  publishedLayers: shape.publishedLayers.nullable().optional(),
  trackDays: shape.trackDays.nullable().optional(),
})
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

export const settingsAnswerSchema = z.object({
  version: z.int().describe('Send it back as If-Match: "version"; 0: nothing was ever changed'),
  values: settingsSchema,
})
export type SettingsAnswer = z.infer<typeof settingsAnswerSchema>
