import type { SavedChanges } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import { sendJson } from './send-json.ts'

/**
 * Applies a change set, all of it or nothing. `id` is a UUID of the sender's making: sending the same set again under
 * it after a lost answer changes nothing twice. Throws ApiError; version-conflict names what others changed.
 */
export const saveChanges = (id: string, changes: ChangeSet, note?: string) =>
  sendJson<SavedChanges>('POST', '/api/v1/changes', { id, ...changes, ...(note ? { note } : {}) })
