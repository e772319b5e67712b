import { useQuery } from '@tanstack/react-query'
import { afterDeletion } from '../../../geodata/editing/change-set.ts'
import { draftKey } from '../../../geodata/editing/draft.ts'
import type { StoredFeature } from '../../../geodata/shared/feature.ts'
import { LAYER_IDS } from '../../../geodata/shared/layer.ts'
import { getLastVersion } from '../../api/check-changes.ts'
import { getRows, MAX_IDS } from '../../api/lists.ts'
import type { DraftState } from '../draft-store.ts'
import { type FeatureRef, refKey, toInput } from '../working-set.ts'
import type { Conflict } from './resolve.ts'

/** Both versions of each of these features of the draft; those that are no longer in conflict are left out. */
export function useConflicts(refs: readonly FeatureRef[], { byKey }: DraftState) {
  return useQuery({
    queryKey: ['editing', 'conflicts', refs.map(refKey)],
    gcTime: 0,
    // What is being compared must not change under somebody's hands.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => {
      const now = new Map<string, StoredFeature>()
      for (const layer of LAYER_IDS) {
        const ids = refs.filter((ref) => ref.layer === layer).map(({ id }) => id)
        for (let from = 0; from < ids.length; from += MAX_IDS)
          for (const feature of await getRows(layer, ids.slice(from, from + MAX_IDS), true, signal))
            now.set(draftKey(layer, feature.id), feature)
      }
      const conflicts: Conflict[] = []
      for (const { layer, id } of refs) {
        const entry = byKey.get(draftKey(layer, id))
        if (!entry?.base) continue
        const feature = now.get(draftKey(layer, id))
        const theirs = (feature && toInput(layer, feature)) ?? null
        if (theirs?.version === entry.base.version) continue
        const deletedAt = theirs
          ? undefined
          : (await getLastVersion(layer, id, signal).catch(() => undefined))?.version
        // Mine was chosen over this deletion already.
        if (deletedAt !== undefined && entry.base.version === afterDeletion(deletedAt)) continue
        conflicts.push({ layer, id, base: entry.base, mine: entry.now, theirs, deletedAt })
      }
      return conflicts
    },
  })
}
