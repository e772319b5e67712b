import { ActionIcon, Checkbox, Menu, Switch, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconDots, IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import { PATROL_ROUTES } from '../../geodata/patrols/patrol-routes.ts'
import type { ViewCounts } from '../../geodata/places/workspace.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { exportUrl } from '../api/places.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LegendSwatch } from '../ui/legend.tsx'
import { useMay, useMayImport } from '../ui/session.ts'
import { TOKENS } from '../ui/tokens.ts'
import { LAYER_GROUPS, LEGENDS, MODULES } from './registry.ts'
import type { View } from './use-view.ts'
import { writeLayers } from './view-state.ts'

export interface LayerPanelProps {
  view: View
  counts: ViewCounts | undefined
  counting: boolean
  /** Cell whose content an export may be limited to. */
  within: { code: string; name: string } | undefined
  zoom: number | undefined
  visibleBox: () => Bbox | undefined
  onImport(): void
}

/** Which layers are shown, what their symbols mean, how many of each are in view. */
export function LayerPanel(props: LayerPanelProps) {
  const { view, counting } = props
  const mayImport = useMayImport()
  const texts = useTexts()
  const { t } = texts
  return (
    <>
      <div className="gw-panel-body">
        <p className="gw-hint" aria-live="polite">
          {counting ? t('panel.counting') : t('panel.inView')}
        </p>
        {LAYER_GROUPS.map((group) => (
          <div className="gw-group" key={group.title}>
            <h3>{t(group.title)}</h3>
            {group.layers.map((layer) => (
              <LayerRow key={layer} layer={layer} {...props} />
            ))}
          </div>
        ))}
        <div className="gw-group">
          <h3>{t('panel.overlays')}</h3>
          <div className="gw-density">
            <Switch
              size="sm"
              checked={view.density}
              onChange={(event) => view.change({ density: event.currentTarget.checked ? '1' : undefined })}
              label={t('panel.density')}
              description={view.density ? t('panel.densityHint') : undefined}
              data-testid="density"
            />
            {view.density && (
              <div className="gw-ramp" aria-hidden="true">
                <span>{t('panel.densityLow')}</span>
                <i />
                <span>{t('panel.densityHigh')}</span>
              </div>
            )}
          </div>
          <Switch
            size="sm"
            checked={view.routes}
            onChange={(event) => view.change({ routes: event.currentTarget.checked ? '1' : undefined })}
            label={PATROL_ROUTES.title[texts.lang]}
            description={view.routes ? t('panel.routesHint') : undefined}
            data-testid="routes"
          />
        </div>
      </div>
      {mayImport && (
        <footer className="gw-panel-foot">
          <button type="button" className="gw-link" onClick={props.onImport}>
            {t('exchange.import')}
          </button>
        </footer>
      )}
    </>
  )
}

function LayerRow({ layer, view, counts, within, zoom, visibleBox }: LayerPanelProps & { layer: LayerId }) {
  const texts = useTexts()
  const { t, lang } = texts
  const [open, setOpen] = useState(layer === 'hazards')
  const mayExport = useMay('export')
  const title = LAYERS[layer].title[lang]
  const legend = LEGENDS[layer](TOKENS[view.scheme], texts)
  const shown = view.visible.has(layer)
  const count = counts?.counts[layer]
  const tooFar =
    shown &&
    count !== 0 &&
    zoom !== undefined &&
    zoom < (MODULES.find((module) => module.layer === layer)?.fromZoom ?? 0)
  const toggle = () => {
    const next = new Set(view.visible)
    if (!next.delete(layer)) next.add(layer)
    view.change({ layers: writeLayers(next) })
  }
  return (
    <>
      <div className="gw-layer" data-off={!shown || undefined}>
        <Checkbox
          size="xs"
          checked={shown}
          onChange={toggle}
          aria-label={t('panel.show', { layer: title })}
          data-testid={`layer-${layer}`}
        />
        <LegendSwatch swatch={legend[0]!.swatch} />
        {legend.length > 1 ? (
          <button type="button" className="gw-layer-name" aria-expanded={open} onClick={() => setOpen(!open)}>
            {title}
            {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          </button>
        ) : (
          <span className="gw-layer-name">{title}</span>
        )}
        {view.filters[layer] && (
          <ActionIcon
            variant="subtle"
            size={24}
            aria-label={t('panel.filtered', { layer: title })}
            title={t('panel.filtered', { layer: title })}
            onClick={() => view.change({ left: 'filters', list: layer, sort: undefined }, 'replace')}
            data-testid={`filtered-${layer}`}
          >
            <IconFilter size={16} />
          </ActionIcon>
        )}
        {tooFar && <span className="gw-hint">{t('panel.zoomIn')}</span>}
        {layer === 'hazards' && counts && counts.hazardsOpen > 0 && (
          <span className="gw-open">{t('panel.nHazardsOpen', { count: counts.hazardsOpen })}</span>
        )}
        <span className="gw-count" data-testid={`count-${layer}`}>
          {count === undefined ? '–' : formatCount(count)}
        </span>
        {mayExport && (
          <Menu position="right-start" withinPortal shadow="md">
            <Menu.Target>
              <Tooltip label={t('exchange.export')} openDelay={600}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={24}
                  aria-label={t('exchange.exportLayer', { layer: title })}
                >
                  <IconDots size={16} />
                </ActionIcon>
              </Tooltip>
            </Menu.Target>
            <ExportItems layer={layer} within={within} visibleBox={visibleBox} />
          </Menu>
        )}
      </div>
      {open && legend.length > 1 && (
        <ul className="gw-legend" data-columns={legend.length > 8 || undefined}>
          {legend.map((entry) => (
            <li key={entry.label}>
              <LegendSwatch swatch={entry.swatch} />
              <span>{entry.label}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function ExportItems({
  layer,
  within,
  visibleBox,
}: Pick<LayerPanelProps, 'within' | 'visibleBox'> & { layer: LayerId }) {
  const { t } = useTexts()
  const box = visibleBox()
  const item = (label: string, href: string) => (
    <Menu.Item component="a" href={href} download>
      {label}
    </Menu.Item>
  )
  return (
    <Menu.Dropdown>
      <Menu.Label>
        {t('exchange.export')} · {t('exchange.format')}
      </Menu.Label>
      {item(t('exchange.exportAll'), exportUrl(layer, {}))}
      {box && item(t('exchange.exportView'), exportUrl(layer, { bbox: box }))}
      {within &&
        layer !== 'roads' &&
        layer !== 'landcover' &&
        layer !== 'zones' &&
        item(t('exchange.exportPlace', { place: within.name }), exportUrl(layer, { parent: within.code }))}
    </Menu.Dropdown>
  )
}
