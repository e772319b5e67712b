import { Button, Loader, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { listLatest } from '../api/history.ts'
import type { ToolProps } from '../map/tool.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { ToolCard } from '../ui/tool-card.tsx'
import { useEscape } from '../ui/use-escape.ts'
import { type CompareState, readCompare, SIDES, type Side, writeCompare } from './compare-state.ts'
import { DifferenceList } from './difference-list.tsx'
import { findDifferences } from './find-differences.ts'
import { LayerSets } from './layer-sets.tsx'
import { MomentChoice } from './moment-choice.tsx'
import { formatMoment, momentsBefore } from './moments.ts'
import { PeriodPart } from './period-part.tsx'
import { daysWords, lastAndThis } from './periods.ts'
import { type Shows, Sides } from './sides.tsx'
import { AS_OF_LAYERS, askedLayers, MOST, useFeaturesAt } from './use-features-at.ts'
import { usePeriods } from './use-periods.ts'
import { useShownBox } from './use-shown-box.ts'

const DAY_MS = 86_400_000
const MOST_EVENTS = 300
const NO_LAYERS: Shows['fed'] = new Set()
const NO_PERIODS = { left: undefined, right: undefined }
const HAZARDS: Shows['fed'] = new Set(['hazards'])

/** Two moments, or two sets of layers, beside or over each other. */
export function ComparePanel({ map, scheme, visible, legends, state: link, setState, close }: ToolProps) {
  const texts = useTexts()
  const { t, lang } = texts
  const state = useMemo(() => readCompare(link), [link])
  const change = (patch: Partial<CompareState>) => setState(writeCompare({ ...state, ...patch }))
  const [dragged, setDragged] = useState<number>()
  const percent = dragged ?? state.percent
  const shown = useShownBox(map)
  const ofMoments = state.of === 'moments'

  const latest = useQuery({
    queryKey: ['latest', shown.box],
    queryFn: ({ signal }) => listLatest(shown.box, MOST_EVENTS, signal),
    enabled: ofMoments,
    placeholderData: keepPreviousData,
  })
  const moments = momentsBefore(latest.data?.events ?? [], texts)
  const newest = moments[0]?.iso
  const undecided = ofMoments && state.moments.left === undefined && !latest.isPending
  useEffect(() => {
    if (!undecided) return
    const left = newest ?? new Date(Date.now() - DAY_MS).toISOString()
    setState(writeCompare({ ...state, moments: { ...state.moments, left } }))
  }, [undecided, newest, state, setState])

  const layers = useMemo(() => askedLayers(visible, shown.zoom), [visible, shown.zoom])
  const { left, right } = state.moments
  const differ = ofMoments && left !== right
  const before = useFeaturesAt(differ ? left : undefined, layers, shown)
  const after = useFeaturesAt(differ ? right : undefined, layers, shown)
  const at = { left: before, right: after }

  const [beforeShapes, afterShapes] = [before.byLayer, after.byLayer]
  const ofPeriods = state.of === 'periods'
  const { left: leftDays, right: rightDays } = state.periods
  useEffect(() => {
    if (ofPeriods && !(leftDays && rightDays))
      setState(writeCompare({ ...state, periods: lastAndThis('month', new Date()) }))
  }, [ofPeriods, leftDays, rightDays, state, setState])
  const periods = usePeriods(ofPeriods ? state.periods : NO_PERIODS)
  const withHazards = useMemo(() => new Set([...visible, 'hazards' as const]), [visible])

  useEscape(close)
  const found = useMemo(() => {
    if (!differ || !left || !right) return []
    // Whichever side is the earlier one.
    const turned = left === 'now' || (right !== 'now' && left > right)
    const [first, second] = turned ? [afterShapes, beforeShapes] : [beforeShapes, afterShapes]
    return layers.flatMap((layer) => {
      const [old, young] = [first.get(layer), second.get(layer)]
      return old && young ? findDifferences(layer, old, young, turned ? right : left).list : []
    })
  }, [differ, left, right, layers, beforeShapes, afterShapes])

  const ready = (side: Side) => ofMoments && state.moments[side] !== undefined
  const shows = (side: Side): Shows | undefined => {
    const named = <b>{t(`comparing.${side}`)}</b>
    if (ofPeriods) {
      const { span, features } = periods[side]
      if (!span) return undefined
      const name = (
        <>
          {named} · {daysWords(state.periods[side]!)}
        </>
      )
      const time = new Date(span.to)
      return { name, visible: withHazards, asMap: false, fed: HAZARDS, features, time }
    }
    if (!ofMoments) {
      const set = state.layers[side]
      const what = set ? t('comparing.layerList', { count: set.length }) : t('comparing.asMap')
      return {
        name: (
          <>
            {named} · {what}
          </>
        ),
        visible: set ? new Set(set) : visible,
        asMap: set === undefined,
        fed: NO_LAYERS,
        features: new Map(),
        time: undefined,
      }
    }
    if (!ready(side)) return undefined
    const moment = state.moments[side]!
    const now = moment === 'now'
    return {
      name: (
        <>
          {named} · {now ? t('comparing.now') : formatMoment(moment)}
        </>
      ),
      visible,
      asMap: now,
      fed: now ? NO_LAYERS : AS_OF_LAYERS,
      features: at[side].byLayer,
      time: now ? undefined : new Date(moment),
    }
  }

  const zoomTo = ([west, south, east, north]: Bbox) => {
    // A half is half as wide: as much again on both sides.
    const extra = state.view === 'side' ? (east - west) / 2 : 0
    map.fit([west - extra, south, east + extra, north], state.view === 'side' ? 17 : 18)
  }
  const cut = layers.filter((layer) => SIDES.some((side) => at[side].byLayer.get(layer)?.truncated))
  const loading = ofMoments && (before.loading || after.loading || latest.isPending)
  const error = before.error ?? after.error ?? latest.error
  const pastSides = SIDES.filter((side) => ready(side) && state.moments[side] !== 'now')
  const nothing = (side: Side) =>
    [...at[side].byLayer.values()].every(({ features }) => features.length === 0) &&
    at[side].byLayer.size === layers.length
  return (
    <>
      <Sides
        map={map}
        scheme={scheme}
        view={state.view}
        percent={percent}
        shows={{ left: shows('left'), right: shows('right') }}
        onMove={(next, kept) => {
          setDragged(kept ? undefined : next)
          if (kept) change({ percent: next })
        }}
      />
      <ToolCard title={t('tool.compare')} onClose={close} testId="compare">
        <div className="gw-compare">
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('comparing.of')}
            value={state.of}
            onChange={(next) => change({ of: next as CompareState['of'] })}
            data={[
              { value: 'moments', label: t('comparing.moments') },
              { value: 'periods', label: t('comparing.periods') },
              { value: 'layers', label: t('comparing.layerSets') },
            ]}
          />
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('comparing.view')}
            value={state.view}
            onChange={(next) => change({ view: next as CompareState['view'] })}
            data={[
              { value: 'swipe', label: t('comparing.swipe') },
              { value: 'side', label: t('comparing.side') },
            ]}
          />
          {state.view === 'swipe' && <p className="gw-hint">{t('comparing.dividerHint')}</p>}
          {ofMoments ? (
            <>
              {SIDES.map((side) => (
                <MomentChoice
                  key={side}
                  side={side}
                  value={state.moments[side]}
                  moments={moments}
                  onChange={(moment) => change({ moments: { ...state.moments, [side]: moment } })}
                />
              ))}
              {latest.data && moments.length === 0 && <p className="gw-hint">{t('comparing.noMoments')}</p>}
            </>
          ) : ofPeriods ? (
            <PeriodPart
              days={state.periods}
              periods={periods}
              onChange={(next) => change({ periods: next })}
            />
          ) : (
            <LayerSets
              order={legends.map(({ layer }) => layer)}
              visible={visible}
              sets={state.layers}
              onChange={(side, set) => change({ layers: { ...state.layers, [side]: set } })}
            />
          )}
          {loading && (
            <p className="gw-hint" role="status">
              <Loader size={12} /> {t('comparing.loading')}
            </p>
          )}
          {error && (
            <div role="alert" className="gw-tool-error">
              {t('comparing.failed')} <ProblemText error={error} />
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => {
                  before.retry()
                  after.retry()
                  if (latest.error) void latest.refetch()
                }}
              >
                {t('comparing.retry')}
              </Button>
            </div>
          )}
          {ofMoments && left !== undefined && left === right && <p>{t('comparing.sameMoment')}</p>}
          {differ && !loading && !error && pastSides.some(nothing) && <p>{t('comparing.unknown')}</p>}
          {differ &&
            cut.map((layer) => (
              <p key={layer} data-testid="truncated">
                {t('comparing.most', { layer: LAYERS[layer].title[lang], most: formatCount(MOST) })}
              </p>
            ))}
          {differ && !loading && !error && <DifferenceList differences={found} onZoom={zoomTo} />}
          {ofMoments && pastSides.length > 0 && <p className="gw-hint">{t('comparing.present')}</p>}
        </div>
      </ToolCard>
    </>
  )
}
