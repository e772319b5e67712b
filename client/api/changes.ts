import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson } from './request.ts'

export interface SavedChanges {
  id: string
  at: string
  /** In the order of the puts. */
  features: StoredFeature[]
  /** Ids that new features were given, by the negative id they were sent under. */
  ids: Record<string, number>
  deleted: { layer: LayerId; id: number }[]
  /** Others that moved along: children under another parent, buildings with another code. */
  followed: {
    layer: LayerId
    id: number
    version: number
    codeBefore: string | null
    codeAfter: string | null
  }[]
}

/**
 * Applies a change set, all of it or nothing. `id` is a UUID of the sender's making: sending the same set again under
 * it after a lost answer changes nothing twice. Throws ApiError; version-conflict names what others changed.
 */
export const saveChanges = (id: string, changes: ChangeSet, note?: string) =>
  requestJson<SavedChanges>('/api/v1/changes', {
    method: 'POST',
    headers: {
      accept: 'application/json, application/problem+json',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ id, ...changes, ...(note ? { note } : {}) }),
  })
