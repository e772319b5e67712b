import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { draftKey, type StoredInput } from '../../../geodata/editing/draft.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { getRows } from '../../api/lists.ts'
import { toInput } from '../working-set.ts'
import type { Chosen } from './patch.ts'

/** Features asked for at once: few enough that the progress moves. */
const PAGE = 100

export interface ChosenFeatures {
  status: 'loading' | 'ready' | 'cancelled' | 'failed'
  /** Features asked for so far. */
  done: number
  chosen: Chosen[]
  /** Chosen ones that are no longer there, in the database or in the draft. */
  gone: number
  /** Why it failed. */
  problem: Error | null
  cancel(): void
  load(): void
}

/**
 * The features with these ids as the draft has them, or else as they are stored; read in pages, and again when somebody
 * changes something.
 */
export function useChosen(
  layer: LayerId | undefined,
  ids: readonly number[],
  drafted: ReadonlyMap<string, StoredInput | null>,
): ChosenFeatures {
  const queries = useQueryClient()
  const [done, setDone] = useState(0)
  const queryKey = ['editing', 'chosen', layer, ids.join(',')]
  const query = useQuery({
    queryKey,
    enabled: layer !== undefined && ids.length > 0,
    retry: 1,
    queryFn: async ({ signal }) => {
      const found = new Map<number, StoredInput>()
      for (let from = 0; from < ids.length; from += PAGE) {
        setDone(from)
        for (const feature of await getRows(layer!, ids.slice(from, from + PAGE), true, signal)) {
          const input = toInput(layer!, feature)
          if (input) found.set(feature.id, input)
        }
      }
      return found
    },
  })
  const stored = query.data
  const chosen =
    layer && stored
      ? ids.flatMap((id): Chosen[] => {
          const now = drafted.get(draftKey(layer, id))
          const input = now === undefined ? stored.get(id) : (now ?? undefined)
          return input ? [{ id, input }] : []
        })
      : []
  const { error } = query
  return {
    status: stored ? 'ready' : query.isFetching ? 'loading' : error ? 'failed' : 'cancelled',
    done,
    chosen,
    gone: stored ? ids.length - chosen.length : 0,
    problem: error,
    cancel: () => void queries.cancelQueries({ queryKey }),
    load: () => void query.refetch(),
  }
}
