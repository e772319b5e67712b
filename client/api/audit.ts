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

export interface AuditEntry {
  id: number
  at: string
  kind: AuditKind
  layer: LayerId | null
  featureId: number | null
  actor: string
  from: string | null
  requestId: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  detail?: Record<string, unknown> | null
}

const PAGE = 100

/** Newest first. */
export const listAudit = (filter: AuditFilter, cursor: string | undefined, signal: AbortSignal) =>
  requestJson<{ entries: AuditEntry[]; next: string | null }>(
    withQuery('/api/v1/audit', { ...filter, limit: PAGE, cursor }),
    { signal },
  )

/** Address of a download of all that the filter leaves. */
export const auditCsvUrl = (filter: AuditFilter) => withQuery('/api/v1/audit.csv', { ...filter })
