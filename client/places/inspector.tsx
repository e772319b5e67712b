import { ActionIcon, Loader, Tooltip } from '@mantine/core'
import { IconArrowUp, IconChevronRight, IconFocusCentered } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import type { Place } from '../../geodata/places/place.schema.ts'
import { isCellLayer } from '../../geodata/shared/codes.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { FactList } from '../ui/fact-list.tsx'
import type { Fact } from '../ui/facts.ts'
import { formatKnown, formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { Children } from './children.tsx'

export interface InspectorProps {
  layer: LayerId
  feature: StoredFeature | undefined
  place: Place | undefined
  facts: Fact[]
  loading: boolean
  onSelect(at: string | undefined): void
  onFit(): void
  foldButton: ReactNode
  /** Further lists of a cell, from other features. */
  more: ReactNode
  /** Switches between the facts and what other features know of it; `instead` is shown in place of the facts. */
  tabs: ReactNode
  instead: ReactNode
}

/** Where the selection stands in the hierarchy, what is known of it, and what lies inside. */
export function Inspector(props: InspectorProps) {
  const { layer, feature, place, facts, loading, onSelect, onFit, foldButton, more, tabs, instead } = props
  const { t, lang } = useTexts()
  const own =
    place !== undefined && place.layer === layer && (place.id === feature?.id || feature === undefined)
  const steps = place ? [...place.ancestors, ...(own ? [] : [place])] : []
  const parent = steps.at(-1)
  const title = LAYERS[layer].noun[lang]
  const name = nameOf(feature) ?? (own ? place.name : undefined) ?? t('place.unnamed', { layer: title })
  const code = (feature?.properties.code as string | undefined) ?? (own ? place.code : undefined)
  return (
    <section className="gw-panel gw-panel-right" aria-label={t('panel.place')} data-testid="inspector">
      <header className="gw-panel-head gw-place-head">
        <div className="gw-place-kind">
          <span>{title}</span>
          {loading && <Loader size={12} />}
        </div>
        <Tooltip label={t('place.up')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('place.up')}
            onClick={() => onSelect(parent?.code)}
          >
            <IconArrowUp size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('place.fit')}>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('place.fit')} onClick={onFit}>
            <IconFocusCentered size={18} />
          </ActionIcon>
        </Tooltip>
        {foldButton}
      </header>
      <div className="gw-panel-body">
        <h2 className="gw-place-name">{name}</h2>
        {code && (
          <p className="gw-code">
            <span>{code}</span>
            {(layer === 'micro-grids' || layer === 'buildings') && (
              <Tooltip label={t('facts.localHint')}>
                <em>{t('facts.local')}</em>
              </Tooltip>
            )}
          </p>
        )}
        {tabs}
        {instead || (
          <>
            <ol className="gw-steps" aria-label={t('top.breadcrumb')}>
              {steps.map((step) => (
                <li key={step.code}>
                  <button type="button" onClick={() => onSelect(step.code)}>
                    <small>{LAYERS[step.layer].noun[lang]}</small>
                    <span>{step.name || step.code}</span>
                    <IconChevronRight size={14} aria-hidden="true" />
                  </button>
                </li>
              ))}
              {steps.length === 0 && !isCellLayer(layer) && !loading && (
                <li className="gw-hint">{t('facts.none')}</li>
              )}
            </ol>
            {own && isCellLayer(layer) && <Figures counts={place.counts} />}
            <FactList facts={facts} />
            {own && isCellLayer(layer) && more}
            {own && isCellLayer(layer) && <Children key={place.code} place={place} onSelect={onSelect} />}
            {feature && (
              <p className="gw-hint gw-updated">
                {t('facts.updated')} {formatTime(String(feature.properties.updatedAt))} · v{feature.version} ·{' '}
                {String(feature.properties.sourceId)}
              </p>
            )}
          </>
        )}
      </div>
    </section>
  )
}

export function Figures({ counts }: { counts: Place['counts'] }) {
  const { t } = useTexts()
  const figures = [
    ['facts.households', counts.households, counts.householdsUnknown > 0],
    ['facts.population', counts.population],
    ['facts.buildings', counts.buildings],
    ['facts.hazardsOpen', counts.hazardsOpen],
    ['facts.facilities', counts.facilities],
    ['facts.checkpoints', counts.checkpoints],
  ] as const
  return (
    <dl className="gw-figures">
      {figures.map(([label, value, atLeast]) => (
        <div
          key={label}
          data-abnormal={(label === 'facts.hazardsOpen' && counts.hazardsOpen > 0) || undefined}
        >
          <dt>{t(label)}</dt>
          <dd>{formatKnown(value, atLeast)}</dd>
        </div>
      ))}
    </dl>
  )
}

const nameOf = (feature: StoredFeature | undefined): string | undefined => {
  const { name, title } = feature?.properties ?? {}
  return (name as string | null | undefined) ?? (title as string | null | undefined) ?? undefined
}
