import { keepPreviousData, type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { getIds, getRows } from '../api/lists.ts'
import type { LayerFilter } from '../app/filters.ts'

export const WINDOW_ROWS = 100
/** Windows that are out of sight are dropped after this, so that a list of 100,000 rows holds a few hundred. */
const KEEP_MS = 10_000

/** The ids that the list scrolls by, in order. */
export function useIds(layer: LayerId, filter: LayerFilter, sort: string, bbox: Bbox | undefined) {
  return useQuery({
    queryKey: ['ids', layer, filter, sort, bbox],
    queryFn: ({ signal }) => getIds(layer, filter, sort, bbox, signal),
    // What is shown stays until the answer is there, but never rows of another layer.
    placeholderData: (before, query) => (query?.queryKey[1] === layer ? keepPreviousData(before) : undefined),
    gcTime: KEEP_MS,
  })
}

export interface Rows {
  byId: ReadonlyMap<number, StoredFeature>
  /** Whether the row's window has been answered: what it then lacks is gone. */
  isLoaded(index: number): boolean
}

/** The windows of rows around what can be seen, and the next ones either way. */
export function useRows(layer: LayerId, ids: readonly number[], first: number, last: number): Rows {
  const pages = useMemo(() => {
    const most = Math.max(0, Math.ceil(ids.length / WINDOW_ROWS) - 1)
    const from = Math.max(0, Math.floor(first / WINDOW_ROWS) - 1)
    const to = Math.min(most, Math.floor(last / WINDOW_ROWS) + 1)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => {
      const page = from + index
      return { page, ids: ids.slice(page * WINDOW_ROWS, (page + 1) * WINDOW_ROWS) }
    }).filter((page) => page.ids.length > 0)
  }, [ids, first, last])
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: ['rows', layer, page.ids.join()],
      queryFn: ({ signal }: { signal: AbortSignal }) => getRows(layer, page.ids, false, signal),
      gcTime: KEEP_MS,
    })),
    combine: (answers: UseQueryResult<StoredFeature[]>[]) => ({
      byId: new Map(answers.flatMap(({ data }) => (data ?? []).map((row) => [row.id, row] as const))),
      isLoaded: (index: number) => {
        const at = pages.findIndex(({ page }) => page === Math.floor(index / WINDOW_ROWS))
        return answers[at]?.data !== undefined
      },
    }),
  })
}
