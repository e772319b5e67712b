import type { CheckReport } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import type { VersionEntry } from '../../geodata/history/history.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

/** Tries a change set out; nothing is kept of it. Throws ApiError. */
export const checkChanges = (changes: ChangeSet, signal: AbortSignal) =>
  sendJson<CheckReport>('POST', '/api/v1/changes/check', changes, undefined, signal)

/** Of a deleted feature the version that the deletion ended. */
type LastVersion = Pick<VersionEntry, 'version' | 'from' | 'actor' | 'how'>

/** The latest version of a feature, deleted ones included. Throws ApiError. */
export async function getLastVersion(layer: LayerId, id: number, signal: AbortSignal): Promise<LastVersion> {
  const path = withQuery(`/api/v1/${layer}/${id}/versions`, { limit: 1 })
  const { versions } = await requestJson<{ versions: LastVersion[] }>(path, { signal })
  return versions[0]!
}
