import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import type { TopologyFinding } from '../../geodata/places/compare-findings.ts'
import type { HouseholdVerdict } from '../../geodata/places/household-band.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson, withQuery } from './request.ts'

export interface CodeChange {
  layer: LayerId
  /** Negative for a new feature. */
  id: number
  name: string | null
  from: string | null
  to: string | null
}

export interface CellMove extends CodeChange {
  /** The building's own; `from` and `to` are of the smallest cells that held it and hold it. */
  code: string | null
}

export interface HouseholdChange {
  layer: 'grids'
  id: number
  code: string
  name: string
  /** null: unknown, or a new grid. */
  before: number | null
  after: number | null
  unknownBuildings: number
  verdict: HouseholdVerdict
}

/** What saving a change set would do. New features have their negative ids. */
export interface CheckReport {
  conflicts: { layer: LayerId; id: number; expectedVersion: number }[]
  /** What saving would be refused for. */
  problem: { code: string; detail: string; at?: { layer: LayerId; id: number } } | null
  /** At most 200 of freshTotal. */
  fresh: TopologyFinding[]
  freshTotal: number
  standing: number
  healed: number
  /** More communities are touched than were looked at. */
  partial: boolean
  /** At most 200 are listed. */
  moves: { total: number; list: CellMove[] }
  codes: CodeChange[]
  households: HouseholdChange[]
}

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

export interface LastVersion {
  /** Of a deleted feature the version that the deletion ended. */
  version: number
  /** ISO: when it came to be, or was deleted. */
  from: string
  actor: string | null
  how: string
}

/** The latest version of a feature, deleted ones included. Throws ApiError. */
export async function getLastVersion(layer: LayerId, id: number, signal: AbortSignal): Promise<LastVersion> {
  const path = withQuery(`/api/v1/${layer}/${id}/versions`, { limit: 1 })
  const { versions } = await requestJson<{ versions: LastVersion[] }>(path, { signal })
  return versions[0]!
}
