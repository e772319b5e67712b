import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import { isCellLayer } from '../../geodata/shared/codes.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { type FeaturesAsOf, loadFeaturesAsOf } from '../api/history.ts'
import type { Moment } from './compare-state.ts'
import type { Shown } from './use-shown-box.ts'

/** More would be slow to draw and to send; the panel says so and asks to zoom in. */
export const MOST = 3000
/** Roads and ground are the same tiles on both sides. */
export const AS_OF_LAYERS: ReadonlySet<LayerId> = new Set(
  LAYER_IDS.filter((layer) => layer !== 'roads' && layer !== 'landcover'),
)
const AHEAD_MS = 366 * 86_400_000

/** The layers that a moment is asked about: cells always, others from the zoom that has tiles of them. */
export const askedLayers = (visible: ReadonlySet<LayerId>, zoom: number): LayerId[] =>
  [...AS_OF_LAYERS].filter(
    (layer) => visible.has(layer) && (isCellLayer(layer) || zoom >= LAYERS[layer].minZoom),
  )

export interface FeaturesAt {
  byLayer: ReadonlyMap<LayerId, FeaturesAsOf>
  loading: boolean
  error: Error | null
  retry(): void
}

/** What was in force in the box at a moment; nothing while `moment` is undefined. */
export function useFeaturesAt(
  moment: Moment | undefined,
  layers: readonly LayerId[],
  shown: Shown,
): FeaturesAt {
  const answers = useQueries({
    queries: layers.map((layer) => ({
      queryKey: ['as-of', layer, moment, shown.box],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        // A time ahead is in force now, whatever this machine's clock says.
        const time = moment === 'now' ? new Date(Date.now() + AHEAD_MS).toISOString() : moment!
        return loadFeaturesAsOf(layer, time, shown.box, MOST, signal)
      },
      enabled: moment !== undefined,
      placeholderData: keepPreviousData,
    })),
  })
  const updates = answers.map(
    ({ dataUpdatedAt, isPlaceholderData }) => `${dataUpdatedAt}${isPlaceholderData}`,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are a new array each time; their times tell changes
  const byLayer = useMemo(() => {
    const found = new Map<LayerId, FeaturesAsOf>()
    layers.forEach((layer, index) => {
      const { data } = answers[index] ?? {}
      if (data) found.set(layer, data)
    })
    return found
  }, [updates.join(), layers.join(), moment])
  return {
    byLayer,
    loading: answers.some((answer) => answer.isFetching && (answer.isPlaceholderData || !answer.data)),
    error: answers.find((answer) => answer.error)?.error ?? null,
    retry: () => {
      for (const answer of answers) if (answer.error) void answer.refetch()
    },
  }
}
