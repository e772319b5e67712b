import { useQuery } from '@tanstack/react-query'
import type { Place } from '../../geodata/places/place.schema.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { getFeature, getPlace } from '../api/places.ts'
import type { Selection } from './view-state.ts'

export interface Selected {
  layer: LayerId | undefined
  feature: StoredFeature | undefined
  /** Only for what has a code: cells, and buildings in a micro-grid. */
  place: Place | undefined
  error: Error | null
  loading: boolean
}

/**
 * What is selected: the stored feature and, for what has a code, its place in the hierarchy. Without `places` only
 * features by id are asked for, which is what anyone may who is not signed in.
 */
export function useSelected(selection: Selection | undefined, places = true): Selected {
  const byCode = places && selection?.kind === 'code' ? selection.code : undefined
  const first = useQuery({
    queryKey: ['place', byCode],
    queryFn: () => getPlace(byCode!),
    enabled: byCode !== undefined,
  })
  const layer = selection?.kind === 'feature' ? selection.layer : first.data?.layer
  const id = selection?.kind === 'feature' ? selection.id : first.data?.id
  const feature = useQuery({
    queryKey: ['feature', layer, id],
    queryFn: () => getFeature(layer!, id!),
    enabled: layer !== undefined && id !== undefined,
  })
  // A building or point chosen by id: its own code or the cell it lies in leads to the hierarchy.
  const properties = feature.data?.properties
  const ownCode = layer === 'buildings' ? (properties?.code as string | null | undefined) : undefined
  const aroundCode = ['microGridCode', 'gridCode', 'communityCode']
    .map((name) => properties?.[name] as string | null | undefined)
    .find((code) => code)
  const code =
    places && byCode === undefined && layer !== undefined ? (ownCode ?? aroundCode ?? undefined) : undefined
  const around = useQuery({
    queryKey: ['place', code],
    queryFn: () => getPlace(code!),
    enabled: code !== undefined,
  })
  return {
    layer,
    feature: selection ? feature.data : undefined,
    place: byCode !== undefined ? first.data : around.data,
    error: first.error ?? feature.error,
    loading: first.isLoading || feature.isLoading,
  }
}
