import type { CheckReport } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import type { VersionEntry } from '../../geodata/history/history.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson, withQuery } from './request.ts'

/** Tries a change set out; nothing is kept of it. Throws ApiError. */
export const checkChanges = (changes: ChangeSet, signal: AbortSignal) =>
  requestJson<CheckReport>('/api/v1/changes/check', {
    method: 'POST',
    headers: {
      accept: 'application/json, application/problem+json',
      'content-type': 'application/json',
    },
    body: JSON.stringify(changes),
    signal,
  })

/** Of a deleted feature the version that the deletion ended. */
type LastVersion = Pick<VersionEntry, 'version' | 'from' | 'actor' | 'how'>

/** The latest version of a feature, deleted ones included. Throws ApiError. */
export async function getLastVersion(layer: LayerId, id: number, signal: AbortSignal): Promise<LastVersion> {
  const path = withQuery(`/api/v1/${layer}/${id}/versions`, { limit: 1 })
  const { versions } = await requestJson<{ versions: LastVersion[] }>(path, { signal })
  return versions[0]!
}
