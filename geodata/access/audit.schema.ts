import { z } from 'zod'
import { layerId } from '../shared/wire.schema.ts'
import { AUDIT_KIND_NAMES } from './audit.ts'

const state = z.record(z.string(), z.unknown()).nullable()

/** One entry of the audit trail. */
export const auditEntrySchema = z.object({
  id: z.int(),
  at: z.string(),
  kind: z.enum(AUDIT_KIND_NAMES),
  layer: layerId.nullable(),
  featureId: z.int().nullable(),
  version: z.int().nullable(),
  batchId: z.int().nullable().describe('The import that it belongs to'),
  actor: z.string().describe('A user name, a token’s name, or cli for the command line'),
  personId: z.int().nullable(),
  from: z.string().nullable().describe('Address of the client'),
  requestId: z.string().nullable().describe('As in the answer’s X-Request-Id and the server’s log'),
  before: state.describe('What was; of a feature {geometry, properties}. null: nothing'),
  after: state.describe('What is since then. null: nothing'),
  detail: state.describe('What is neither: the filter and rows of an export, the file of an import'),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema).describe('Newest first'),
  next: z
    .string()
    .nullable()
    .describe('Pass as cursor; null on the last page. A page may be short, even empty, and not be the last'),
})
export type AuditPage = z.infer<typeof auditPageSchema>
