import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { isOver } from '../../geodata/patrols/generation.schema.ts'
import { followAnalysis, getAnalysis, listAnalyses } from '../api/analyses.ts'

const KEY = 'analyses'
const LIST = [KEY, 'list'] as const
const keyOf = (id: string) => [KEY, id] as const
/** How often a list with something in it that runs is asked for again. */
const RUNNING_MS = 3000
const STILL_MS = 60_000

/** The latest analyses, newest first. */
export const useAnalyses = () =>
  useQuery({
    queryKey: LIST,
    queryFn: () => listAnalyses(),
    refetchInterval: ({ state }) =>
      state.data?.analyses.some((one) => !isOver(one.state)) ? RUNNING_MS : STILL_MS,
  })

export const askListAnew = (queries: QueryClient) => queries.invalidateQueries({ queryKey: LIST })

export const keepAnalysis = (queries: QueryClient, analysis: Analysis) =>
  void queries.setQueryData(keyOf(analysis.id), analysis)

/** An analysis; with `follow` as it goes on until it is over. */
export function useAnalysis(id: string | undefined, follow = false) {
  const queries = useQueryClient()
  const found = useQuery({
    queryKey: keyOf(id ?? ''),
    queryFn: ({ signal }) => getAnalysis(id!, signal),
    enabled: id !== undefined,
  })
  const runs = found.data !== undefined && !isOver(found.data.state)
  useEffect(() => {
    if (!follow || !runs || id === undefined) return
    const stop = new AbortController()
    followAnalysis(
      id,
      (news) =>
        queries.setQueryData(keyOf(id), (known: Analysis | undefined) => known && { ...known, ...news }),
      stop.signal,
    )
      .then((over) => {
        keepAnalysis(queries, over)
        void askListAnew(queries)
      })
      // Whoever asks next is told why.
      .catch(() => {
        if (!stop.signal.aborted) void queries.invalidateQueries({ queryKey: keyOf(id) })
      })
    return () => stop.abort()
  }, [follow, runs, id, queries])
  return found
}
