import { useQueries, useQuery } from '@tanstack/react-query'
import type { Session } from '../../geodata/access/session.schema.ts'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { getTileJson } from '../api/lists.ts'
import { getWorkspace } from '../api/places.ts'

/**
 * What the map is drawn over. Whoever is not signed in is told nothing of the whole; the box and the sources come from
 * the published layers themselves. undefined: still on its way.
 */
export function useEmbeddedWorkspace(session: Session): { data: Workspace | undefined; failed: boolean } {
  const open = session.state === 'signed-in'
  const whole = useQuery({
    queryKey: ['workspace'],
    queryFn: getWorkspace,
    refetchInterval: 60_000,
    enabled: open,
  })
  const layers = useQueries({
    queries: open
      ? []
      : session.publishedLayers.map((layer) => ({
          queryKey: ['tilejson', layer],
          queryFn: () => getTileJson(layer),
        })),
  })
  if (open) return { data: whole.data, failed: whole.isError }
  const failed = layers.some(({ isError }) => isError)
  if (layers.some(({ isPending }) => isPending)) return { data: undefined, failed }
  const boxes = layers.flatMap(({ data }) => (data?.bounds ? [data.bounds] : []))
  const sources = new Set(layers.flatMap(({ data }) => data?.attribution?.split(' · ') ?? []))
  return { data: { ...NOTHING, ...session.publicMap, ...shown(boxes), attributions: named(sources) }, failed }
}

const NOTHING: Workspace = {
  name: null,
  demo: false,
  empty: true,
  engine: 'embedded',
  bbox: null,
  counts: {},
  attributions: [],
  basemap: null,
  reviewNumber: null,
  dataTime: null,
  eventId: 0,
}

const named = (sources: Set<string>) => [...sources].map((attribution) => ({ attribution, licence: null }))

function shown(boxes: readonly Bbox[]): Pick<Workspace, 'empty' | 'bbox'> {
  if (boxes.length === 0) return { empty: true, bbox: null }
  const side = (index: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) =>
    pick(...boxes.map((box) => box[index]))
  return {
    empty: false,
    bbox: [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)],
  }
}
