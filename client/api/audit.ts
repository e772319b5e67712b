import type { AuditPage } from '../../geodata/access/audit.schema.ts'
import type { AuditKind } from '../../geodata/access/audit.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson, withQuery } from './request.ts'

export interface AuditFilter {
  actor?: string | undefined
  kind?: AuditKind | undefined
  layer?: LayerId | undefined
  q?: string | undefined
  /** Instants, ISO 8601. */
  from?: string | undefined
  to?: string | undefined
}

const PAGE = 100

/** Newest first; a page may be short, or empty, without being the last. */
export const listAudit = (filter: AuditFilter, cursor: string | undefined, signal: AbortSignal) =>
  requestJson<AuditPage>(withQuery('/api/v1/audit', { ...filter, limit: PAGE, cursor }), { signal })

/** Address of a download of all that the filter leaves. */
export const auditCsvUrl = (filter: AuditFilter) => withQuery('/api/v1/audit.csv', { ...filter })
