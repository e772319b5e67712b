import type { SavedChanges } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import { sendJson } from './send-json.ts'

/**
 * Puts an alternative of redrawn cells in force; `undo` takes it back. Throws ApiError; version-conflict when cells or
 * buildings have changed since they were computed.
 */
export const publishRedraw = (id: string, changeSet: string, alternative: number) =>
  sendJson<SavedChanges & { undo: ChangeSet }>('POST', `/api/v1/analyses/${id}/publish`, {
    changeSet,
    alternative,
  })
