import type { SavedChanges } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import { requestJson } from './request.ts'

/**
 * Puts an alternative of redrawn cells in force; `undo` takes it back. Throws ApiError; version-conflict when cells or
 * buildings have changed since they were computed.
 */
export const publishRedraw = (id: string, changeSet: string, alternative: number) =>
  requestJson<SavedChanges & { undo: ChangeSet }>(`/api/v1/analyses/${id}/publish`, {
    method: 'POST',
    headers: {
      accept: 'application/json, application/problem+json',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ changeSet, alternative }),
  })
