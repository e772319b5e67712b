import { SegmentedControl, Slider } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { readPartFeatures } from '../../api/analysis-features.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { type Scheme, TOKENS } from '../../ui/tokens.ts'
import { IDLE_LOOKS, PASSES_LOOKS, paintWays, WAY_VIEWS, type WayView } from './painted-ways.ts'
import { useEffort } from './use-effort.ts'
import { hoursWords } from './words.ts'

const VIEWS = ['none', 'hexagons', ...WAY_VIEWS] as const
export type EffortView = (typeof VIEWS)[number]
const MOST_FEATURES = 20_000
const [LEAST_RADIUS, MOST_RADIUS] = [25, 200]

interface MapViewProps {
  analysisId: string
  map: MapHandle | null
  scheme: Scheme
}

/** Where time went, in hexagons, and which streets were walked how often or how long ago. */
export function MapView({
  analysisId,
  map,
  scheme,
  view,
  setView,
}: MapViewProps & { view: EffortView; setView(next: EffortView): void }) {
  const { t } = useTexts()
  return (
    <section className="gw-patrol-view" aria-label={t('patrolCover.view')}>
      <h3>{t('patrolCover.view')}</h3>
      <SegmentedControl
        size="xs"
        fullWidth
        orientation="vertical"
        aria-label={t('patrolCover.view')}
        value={view}
        onChange={(next) => setView(VIEWS.find((known) => known === next) ?? 'none')}
        data={VIEWS.map((value) => ({ value, label: t(`patrolCover.views.${value}`) }))}
        data-testid="patrol-view"
      />
      {view === 'hexagons' && <Hexagons analysisId={analysisId} map={map} scheme={scheme} />}
      {(view === 'passes' || view === 'idle') && (
        <Ways analysisId={analysisId} map={map} scheme={scheme} view={view} />
      )}
    </section>
  )
}

const usePart = (analysisId: string, part: string) =>
  useQuery({
    queryKey: ['analyses', analysisId, 'features', part],
    queryFn: () => readPartFeatures(analysisId, part, MOST_FEATURES),
    staleTime: Infinity,
  })

function Hexagons({ analysisId, map, scheme }: MapViewProps) {
  const { t } = useTexts()
  const [radius, setRadius] = useState(60)
  const [range, setRange] = useState<[number, number]>()
  const part = usePart(analysisId, 'hexagon')
  const overlay = useEffort(map?.map, true)
  const points = useMemo(
    () =>
      (part.data?.features ?? []).flatMap(({ geometry, properties }) =>
        geometry.type === 'Point' && typeof properties.minutes === 'number'
          ? [{ lngLat: geometry.coordinates, weight: properties.minutes }]
          : [],
      ),
    [part.data],
  )
  useEffect(
    () => overlay?.showHexagons(points, radius, TOKENS[scheme], setRange),
    [overlay, points, radius, scheme],
  )
  if (!part.data) return <LoadState error={part.error} onRetry={() => void part.refetch()} />
  if (points.length === 0)
    return (
      <p className="gw-hint" role="status">
        {t('patrolCover.hexagonNone')}
      </p>
    )
  return (
    <>
      <div className="gw-patrol-radius">
        <span aria-hidden="true">{t('patrolCover.radius')}</span>
        <Slider
          size="sm"
          value={radius}
          min={LEAST_RADIUS}
          max={MOST_RADIUS}
          step={5}
          label={(value) => `${value}`}
          onChange={setRadius}
          thumbLabel={t('patrolCover.radius')}
        />
      </div>
      {range && (
        <p className="gw-hint" role="status" data-testid="patrol-hexagons">
          {t('patrolCover.hexagonLegend', { least: hoursWords(range[0]), most: hoursWords(range[1]) })}
        </p>
      )}
    </>
  )
}

function Ways({ analysisId, map, scheme, view }: MapViewProps & { view: WayView }) {
  const { t } = useTexts()
  const part = usePart(analysisId, 'street')
  const overlay = useEffort(map?.map, true)
  const ways = useMemo(() => paintWays(part.data?.features ?? [], view), [part.data, view])
  useEffect(() => overlay?.showWays(ways, TOKENS[scheme]), [overlay, ways, scheme])
  if (!part.data) return <LoadState error={part.error} onRetry={() => void part.refetch()} />
  if (ways.length === 0)
    return (
      <p className="gw-hint" role="status">
        {t('patrolCover.waysNone')}
      </p>
    )
  const steps =
    view === 'passes'
      ? Object.entries(PASSES_LOOKS).map(([step, look]) => ({
          look,
          words: t(`patrolCover.passesLegend.${step as keyof typeof PASSES_LOOKS}`),
        }))
      : Object.entries(IDLE_LOOKS).map(([step, look]) => ({
          look,
          words: t(`patrolCover.idleLegend.${step as keyof typeof IDLE_LOOKS}`),
        }))
  return (
    <>
      <ul className="gw-patrol-legend" data-testid="patrol-ways">
        {steps.map(({ look, words }) => (
          <li key={words}>
            <i
              aria-hidden="true"
              style={{ height: look.widthPixels, background: `var(--gw-${look.tone})` }}
            />
            {words}
          </li>
        ))}
      </ul>
      {part.data.isCut && <p className="gw-hint">{t('patrolCover.waysCut', { count: ways.length })}</p>}
    </>
  )
}
