import { lazy, type ReactNode, Suspense, useCallback } from 'react'
import type { IndicatorSeries } from '../../geodata/figures/indicator.schema.ts'
import { INDICATORS, type IndicatorId } from '../../geodata/figures/indicators.ts'
import { useTexts } from '../ui/i18n.ts'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import type { Scheme, Tokens } from '../ui/tokens.ts'
import { monthWords, percentWords, shareOrNull } from './words.ts'

const Chart = lazy(() => import('./chart.tsx'))

interface TrendChartProps {
  id: IndicatorId
  series: IndicatorSeries
  target: number | null
  scheme: Scheme
  children?: ReactNode
}

const FULL = 100
const HEIGHT = 180
const TEXT = 11
const MOST_TOLD = 6

/** An indicator month by month: a thin line, its values beside it, the target dashed. */
export function TrendChart({ id, series, target, scheme, children }: TrendChartProps) {
  const { t, lang } = useTexts()
  const name = INDICATORS[id].name[lang]
  const targetName = t('figures.targetLine')
  const option = useCallback(
    (tokens: Tokens) => {
      const shares = series.months.map(({ ratios }) => shareOrNull(ratios[id]))
      const known = shares.flatMap((share) => (share === null ? [] : [share * FULL]))
      const lowest = Math.min(...known, target === null ? FULL : target * FULL, FULL)
      const least = Math.max(0, Math.floor((lowest - 5) / 10) * 10)
      const isLow = known.length > 0 && Math.max(...known) < FULL / 2
      const ends = [
        shares.findIndex((share) => share !== null),
        shares.findLastIndex((share) => share !== null),
      ]
      return {
        grid: { left: 36, right: 52, top: 26, bottom: 22 },
        xAxis: {
          type: 'category',
          boundaryGap: false,
          data: series.months.map(({ month }) => monthWords(month, lang)),
          axisTick: { show: false },
          axisLine: { lineStyle: { color: tokens.line } },
          axisLabel: { color: tokens.muted, fontSize: TEXT },
        },
        yAxis: {
          type: 'value',
          min: least,
          // Both ends and the middle: what is rounded by itself crowds at the top.
          ...(isLow ? { splitNumber: 3 } : { max: FULL, interval: (FULL - least) / 2 }),
          splitLine: { lineStyle: { color: tokens.line } },
          axisLabel: { color: tokens.muted, fontSize: TEXT, formatter: '{value}%' },
        },
        series: [
          {
            type: 'line',
            data: shares.map((share, at) => ({
              value: share === null ? null : share * FULL,
              // Of many the ends tell their values; what lies between is seen.
              label: {
                show: shares.length <= MOST_TOLD || ends.includes(at),
                position: at === ends[1] && ends[1] !== ends[0] ? 'right' : 'top',
                formatter: percentWords(share),
                color: tokens.text,
                fontSize: TEXT,
              },
            })),
            symbolSize: 5,
            lineStyle: { width: 1.5, color: tokens.accent },
            itemStyle: { color: tokens.accent },
            markLine:
              target === null
                ? undefined
                : {
                    silent: true,
                    symbol: 'none',
                    lineStyle: { type: 'dashed', width: 1, color: tokens.muted },
                    label: {
                      formatter: targetName,
                      position: 'insideStartTop',
                      color: tokens.muted,
                      fontSize: TEXT,
                    },
                    data: [{ yAxis: target * FULL }],
                  },
          },
        ],
      }
    },
    [id, series, target, targetName, lang],
  )
  return (
    <Suspense fallback={<PanelSkeleton />}>
      <Chart
        label={t('figures.trendOf', { name, count: series.months.length })}
        height={HEIGHT}
        scheme={scheme}
        option={option}
        fileName={`gridward-${id}`}
      >
        {children}
      </Chart>
    </Suspense>
  )
}
