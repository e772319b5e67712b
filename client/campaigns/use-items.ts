import { useQuery } from '@tanstack/react-query'
import type { Checklist, ChecklistVersion } from '../../geodata/campaigns/checklist.schema.ts'
import { getChecklistVersion } from '../api/campaigns.ts'

/** The checklist that something was done with, as it was then; undefined until it is there, or with none. */
export function useItems(
  known: readonly Checklist[],
  id: number | null,
  version: number | null,
): Checklist | ChecklistVersion | undefined {
  const now = known.find((each) => each.id === id && each.version === version)
  const before = useQuery({
    queryKey: ['checklists', id, version],
    queryFn: () => getChecklistVersion(id ?? 0, version ?? 0),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: id !== null && version !== null && !now,
  })
  return now ?? before.data
}
