import { z } from '@hono/zod-openapi'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { idParameter } from '../features/feature.schema.ts'

const { id } = idParameter.shape

/** The feature that notes and photos are about. */
export const subjectParameters = { layer: z.enum(LAYER_IDS), feature: id }

/** Which page of a list that goes by id, newest first. */
export const pageParameters = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: id.optional().describe('`next` of the page before'),
}

export const nextSchema = z.string().nullable().describe('Pass as cursor; null on the last page')
export const nextOf = (id: number | undefined): string | null => (id === undefined ? null : String(id))
