import './history.css'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { useOwnArea } from '../ui/session.ts'
import { HistoryList } from './history-list.tsx'
import { texts } from './texts.ts'

addTexts(texts)

interface GonePanelProps {
  layer: LayerId
  id: number
  map: MapHandle | null
  foldButton: ReactNode
  onSelect(at: string | undefined): void
}

/** A link to something that was deleted leads to its history. */
export default function GonePanel({ layer, id, map, foldButton, onSelect }: GonePanelProps) {
  const { t, lang } = useTexts()
  const limited = useOwnArea() !== undefined
  return (
    <section className="gw-panel gw-panel-right" aria-label={t('panel.place')} data-testid="gone">
      <header className="gw-panel-head gw-place-head">
        <div className="gw-place-kind">
          <span>{LAYERS[layer].noun[lang]}</span>
        </div>
        {foldButton}
      </header>
      <div className="gw-panel-body">
        <h2 className="gw-place-name">{t('history.gone', { layer: LAYERS[layer].noun[lang], id })}</h2>
        <p className="gw-hint">{t(limited ? 'history.goneOrOutside' : 'history.goneHint')}</p>
        <HistoryList layer={layer} id={id} map={map} />
        <Button size="compact-sm" variant="default" onClick={() => onSelect(undefined)}>
          {t('place.showAll')}
        </Button>
      </div>
    </section>
  )
}
