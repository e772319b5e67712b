import './history.css'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { addTexts } from '../ui/i18n.ts'
import { HistoryList } from './history-list.tsx'
import { texts } from './texts.ts'

addTexts(texts)

interface HistoryTabProps {
  layer: LayerId
  feature: StoredFeature
  map: MapHandle | null
}

/** The versions of what is selected. */
export default function HistoryTab({ layer, feature, map }: HistoryTabProps) {
  return <HistoryList layer={layer} id={feature.id} map={map} />
}
