import { draftKey } from '../../../geodata/editing/draft.ts'
import { getRows } from '../../api/lists.ts'
import { boxOf } from '../../map/box-of.ts'
import { toastFailed } from '../../ui/toast.tsx'
import { draftStore } from '../draft-store.ts'
import type { Session } from '../session.ts'
import type { FeatureRef } from '../working-set.ts'

/** Shows a feature on the map, as the draft has it or else as it is stored. */
export async function zoomToFeature({ bench }: Session, { layer, id }: FeatureRef): Promise<void> {
  const entry = draftStore.getSnapshot().byKey.get(draftKey(layer, id))
  const drafted = entry?.now ?? entry?.base
  if (drafted) return bench.handle.fit(boxOf(drafted.geometry))
  const [feature] = await getRows(layer, [id], true).catch((error: unknown) => {
    toastFailed(error)
    return []
  })
  if (feature?.geometry) bench.handle.fit(boxOf(feature.geometry))
}
