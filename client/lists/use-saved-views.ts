import { useQuery } from '@tanstack/react-query'
import type { SavedView } from '../../geodata/views/view.schema.ts'
import { listViews } from '../api/views.ts'

export const VIEWS_KEY = ['views'] as const

/** The views that were kept, by name; empty while they load. */
export function useSavedViews(): readonly SavedView[] {
  return useQuery({ queryKey: VIEWS_KEY, queryFn: listViews, staleTime: 30_000 }).data ?? NONE
}
const NONE: readonly SavedView[] = []
