import type { ChangeSet, Put } from '../../../geodata/editing/change-set.ts'
import { invertChangeSet } from '../../../geodata/editing/invert-change-set.ts'
import type { FacilityKind } from '../../../geodata/facilities/facility.schema.ts'
import type { SiteType } from '../../../geodata/patrols/site-types.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { saveChanges } from '../../api/changes.ts'
import { newUuid } from '../../ui/new-uuid.ts'

export type Adoption =
  | {
      as: 'facilities'
      kind: FacilityKind
      works: { title: string; startsOn: string; endsOn: string | null }
    }
  | { as: 'checkpoints'; siteType: SiteType }

export interface AdoptedPlace {
  lngLat: LngLat
  name: string
}

/** New features at the places: planned facilities with their works, or checkpoints. */
export function adoptionOf(places: readonly AdoptedPlace[], adoption: Adoption): ChangeSet {
  const puts = places.map(
    ({ lngLat, name }, at): Put => ({
      layer: adoption.as,
      id: -1 - at,
      version: null,
      geometry: { type: 'Point', coordinates: lngLat },
      properties:
        adoption.as === 'facilities'
          ? { kind: adoption.kind, name, status: 'planned', works: adoption.works }
          : { name, siteType: adoption.siteType },
    }),
  )
  return { puts, deletes: [] }
}

/** Adds them, all or none, and returns how to take them back. Throws ApiError. */
export async function adopt(changes: ChangeSet, note: string): Promise<() => Promise<unknown>> {
  const saved = await saveChanges(newUuid(), changes, note)
  const inverse = invertChangeSet(changes, saved, () => null)
  // Made once: undoing twice by mistake is one change set.
  const undoId = newUuid()
  return () => saveChanges(undoId, inverse, note)
}
