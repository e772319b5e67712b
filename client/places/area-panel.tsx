import type { ReactNode } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import { isCellLayer } from '../../geodata/shared/codes.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { useAreaName, useOwnArea } from '../ui/session.ts'
import { Children } from './children.tsx'

interface AreaPanelProps {
  workspace: Workspace
  onSelect(at: string): void
  foldButton: ReactNode
  /** Further lists of the area, from other features. */
  more: ReactNode
}

const SHOWN = ['communities', 'grids', 'micro-grids', 'buildings', 'facilities', 'checkpoints'] as const

/** The inspector while nothing is selected: the whole area and the way into it. */
export function AreaPanel({ workspace, onSelect, foldButton, more }: AreaPanelProps) {
  const { t, lang } = useTexts()
  const limited = useOwnArea() !== undefined
  // Whoever has a grid has no community, not none of them.
  const shown = SHOWN.filter((layer) => !limited || !isCellLayer(layer) || (workspace.counts[layer] ?? 0) > 0)
  return (
    <section className="gw-panel gw-panel-right" aria-label={t('panel.place')} data-testid="inspector">
      <header className="gw-panel-head">
        <h2 className="gw-area-name">{useAreaName(workspace.name)}</h2>
        {foldButton}
      </header>
      <div className="gw-panel-body">
        <p className="gw-hint">{t('place.choose')}</p>
        <dl className="gw-figures">
          {shown.map((layer) => (
            <div key={layer}>
              <dt>{LAYERS[layer].title[lang]}</dt>
              <dd>{formatCount(workspace.counts[layer] ?? 0)}</dd>
            </div>
          ))}
        </dl>
        {more}
        <Children place={undefined} onSelect={onSelect} />
      </div>
    </section>
  )
}
