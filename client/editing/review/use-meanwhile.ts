import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { draftKey } from '../../../geodata/editing/draft.ts'
import { LAYER_IDS, type LayerId } from '../../../geodata/shared/layer.ts'
import { getLastVersion } from '../../api/check-changes.ts'
import { getRows, MAX_IDS } from '../../api/lists.ts'
import type { DraftState } from '../draft-store.ts'
import type { FeatureRef } from '../working-set.ts'

export interface Meanwhile extends FeatureRef {
  deleted: boolean
  /** The version that the draft starts from. */
  version: number
  /** Undefined where it was not looked up or cannot be. */
  at: string | undefined
  actor: string | undefined
}

/** Drafts of more features are only compared when they are checked. */
const MOST_WATCHED = 2000
/** So many are looked up by name and time. */
const MOST_NAMED = 10

/**
 * Features of the draft that somebody else has changed or deleted since they were read. Asked again by the live
 * events, which make every query ask again.
 */
export function useMeanwhile({ touched, status }: DraftState): readonly Meanwhile[] {
  const watched = touched.flatMap(({ layer, id, base }) =>
    base?.version == null ? [] : [{ layer, id, version: base.version }],
  )
  const { data } = useQuery({
    queryKey: ['editing', 'meanwhile', watched.map(({ layer, id, version }) => `${layer}/${id}/${version}`)],
    enabled: status === 'ready' && watched.length > 0 && watched.length <= MOST_WATCHED,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const now = await versionsNow(watched, signal)
      const stale = watched.filter(({ layer, id, version }) => now.get(draftKey(layer, id)) !== version)
      return Promise.all(
        stale.map(async ({ layer, id, version }, index): Promise<Meanwhile> => {
          const deleted = !now.has(draftKey(layer, id))
          const last =
            index < MOST_NAMED ? await getLastVersion(layer, id, signal).catch(() => undefined) : undefined
          return { layer, id, version, deleted, at: last?.from, actor: last?.actor ?? undefined }
        }),
      )
    },
  })
  if (status === 'saving' || !data) return []
  // An answer about features that have left the draft, or start from another version by now, says nothing.
  const now = new Map(watched.map(({ layer, id, version }) => [draftKey(layer, id), version]))
  return data.filter(({ layer, id, version }) => now.get(draftKey(layer, id)) === version)
}

async function versionsNow(
  watched: readonly { layer: LayerId; id: number }[],
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const now = new Map<string, number>()
  for (const layer of LAYER_IDS) {
    const ids = watched.filter((one) => one.layer === layer).map(({ id }) => id)
    for (let from = 0; from < ids.length; from += MAX_IDS)
      for (const { id, version } of await getRows(layer, ids.slice(from, from + MAX_IDS), false, signal))
        now.set(draftKey(layer, id), version)
  }
  return now
}
