import type { CSSProperties, ReactNode } from 'react'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import { formatMetres } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LegendSwatch } from '../ui/legend.tsx'
import { formatStamp } from './format-stamp.ts'
import type { LegendGroup } from './legend-groups.ts'
import { NorthArrow } from './north-arrow.tsx'
import type { SheetLayout } from './paper.ts'
import { METRES_PER_PAPER_PIXEL, scaleBar } from './scale.ts'
import type { SheetState } from './sheet-state.ts'

interface SheetProps {
  state: SheetState
  layout: SheetLayout
  title: string
  filters: string[]
  groups: LegendGroup[]
  workspace: Workspace
  printedAt: Date
  imageUrl: string | undefined
  /** What lies over the map on the screen alone. */
  children?: ReactNode
}

const LONGEST_BAR = 190

/** One page as it will lie in the printer's tray; every length is in millimetres. */
export function Sheet(props: SheetProps) {
  const { state, layout, title, filters, groups, workspace, printedAt, imageUrl, children } = props
  const { t, lang } = useTexts()
  const { page, map, legend } = layout
  const bar = scaleBar(state.scale * METRES_PER_PAPER_PIXEL, LONGEST_BAR)
  const sources = [...new Set(workspace.attributions.map((source) => source.attribution))]
  const millimetres = (value: number) => `${value}mm`
  const sizes = {
    '--page-wide': millimetres(page.wide),
    '--page-high': millimetres(page.high),
    '--margin': millimetres(layout.margin),
    '--head': millimetres(layout.head),
    '--foot': millimetres(layout.foot),
    '--map-wide': millimetres(map.wide),
    '--map-high': millimetres(map.high),
    '--legend-wide': millimetres(legend?.wide ?? 0),
    '--legend-high': millimetres(legend?.high ?? 0),
  } as CSSProperties
  return (
    <article className="gw-sheet" style={sizes} data-paper={state.paper} data-testid="sheet">
      <div className="gw-sheet-frame" data-orientation={state.orientation}>
        <header className="gw-sheet-head">
          <h1>{title}</h1>
          <p>
            {workspace.demo && <b>{t('printing.demo')} · </b>}
            {filters.length > 0
              ? t('printing.filters', { words: filters.join('; ') })
              : t('printing.allData')}
          </p>
        </header>
        <div className="gw-sheet-map" data-testid="sheet-map">
          {imageUrl && (
            <img
              src={imageUrl}
              alt={t('printing.mapImage', { title, scale: state.scale.toLocaleString('en-US') })}
              draggable={false}
            />
          )}
          <NorthArrow bearing={state.bearing} label={t('printing.north')} />
          <p className="gw-sheet-review">
            {workspace.reviewNumber ? `${t('map.review')} ${workspace.reviewNumber}` : t('map.noReview')}
          </p>
          {children}
        </div>
        {legend && (
          <section className="gw-sheet-legend" aria-label={t('printing.legend')}>
            <h2>{t('printing.legend')}</h2>
            {groups.length === 0 && <p>{t('printing.noLegend')}</p>}
            <div className="gw-sheet-legends">
              {groups.map(({ title: name, entries }) => (
                <SheetLegend key={name} name={name} entries={entries} />
              ))}
            </div>
          </section>
        )}
        <footer className="gw-sheet-foot">
          <div>
            <b>1:{state.scale.toLocaleString('en-US')}</b>
            <svg
              width={bar.pixels + 60}
              height="26"
              viewBox={`-6 0 ${bar.pixels + 60} 26`}
              role="img"
              aria-label={formatMetres(bar.metres, lang)}
            >
              <ScaleBarDrawing pixels={bar.pixels} />
              <text x="0" y="9" textAnchor="middle">
                0
              </text>
              <text x={bar.pixels} y="9" textAnchor="middle">
                {formatMetres(bar.metres, lang)}
              </text>
            </svg>
            <small>{t('printing.onPaper', { length: formatMetres(state.scale / 100, lang) })}</small>
          </div>
          <dl>
            <div>
              <dt>{t('printing.dataTime')}</dt>
              <dd>{workspace.dataTime ? formatStamp(new Date(workspace.dataTime)) : t('printing.noData')}</dd>
            </div>
            <div>
              <dt>{t('printing.printedAt')}</dt>
              <dd>{formatStamp(printedAt)}</dd>
            </div>
            <div>
              <dt>{t('printing.sources')}</dt>
              <dd>{sources.length > 0 ? sources.join(' · ') : t('printing.noData')}</dd>
            </div>
          </dl>
        </footer>
      </div>
    </article>
  )
}

function SheetLegend({ name, entries }: { name: string; entries: LegendGroup['entries'] }) {
  const [only] = entries
  if (entries.length === 1 && only)
    return (
      <p className="gw-sheet-entry">
        <LegendSwatch swatch={only.swatch} />
        <b>{name}</b>
      </p>
    )
  return (
    <>
      <h3>{name}</h3>
      {entries.map((entry) => (
        <p className="gw-sheet-entry" key={entry.label}>
          <LegendSwatch swatch={entry.swatch} />
          <span>{entry.label}</span>
        </p>
      ))}
    </>
  )
}

/** Four fields, dark and light in turn, as on paper maps. */
function ScaleBarDrawing({ pixels }: { pixels: number }) {
  const field = pixels / 4
  return (
    <g stroke="currentColor" strokeWidth="1">
      {[0, 1, 2, 3].map((at) => (
        <rect
          key={at}
          x={at * field}
          y="14"
          width={field}
          height="6"
          fill={at % 2 ? 'none' : 'currentColor'}
        />
      ))}
    </g>
  )
}
