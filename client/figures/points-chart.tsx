import { lazy, type ReactNode, Suspense, useCallback } from 'react'
import type { Ranking } from '../../geodata/figures/indicator.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import type { Scheme, Tokens } from '../ui/tokens.ts'

const Chart = lazy(() => import('./chart.tsx'))

const MOST_BARS = 20
const BAR_PIXELS = 20
const TEXT = 11

/** The points of the first cells, as bars. */
export function PointsChart({
  ranking,
  theme,
  children,
}: {
  ranking: Ranking
  theme: Scheme
  children: ReactNode
}) {
  const { t } = useTexts()
  const option = useCallback(
    (tokens: Tokens) => {
      const cells = ranking.cells.filter(({ score }) => score.points !== null).slice(0, MOST_BARS)
      return {
        grid: { left: 8, right: 40, top: 4, bottom: 4, containLabel: true },
        xAxis: { type: 'value', show: false, min: 0, max: 100 },
        yAxis: {
          type: 'category',
          inverse: true,
          data: cells.map(({ name, code }) => name || code),
          axisTick: { show: false },
          axisLine: { show: false },
          axisLabel: { color: tokens.muted, fontSize: TEXT, width: 150, overflow: 'truncate' },
        },
        series: [
          {
            type: 'bar',
            barWidth: 8,
            data: cells.map(({ score }) => score.points),
            itemStyle: { color: tokens.accent },
            label: {
              show: true,
              position: 'right',
              color: tokens.text,
              fontSize: TEXT,
              formatter: ({ value }: { value: number }) => value.toFixed(1),
            },
          },
        ],
      }
    },
    [ranking],
  )
  const count = Math.min(MOST_BARS, ranking.cells.filter(({ score }) => score.points !== null).length)
  if (count === 0) return <>{children}</>
  return (
    <Suspense fallback={<PanelSkeleton />}>
      <Chart
        label={t('figures.rankingChart', { count })}
        height={Math.max(60, count * BAR_PIXELS)}
        scheme={theme}
        option={option}
        fileName={`gridward-ranking-${ranking.id}`}
      >
        {children}
      </Chart>
    </Suspense>
  )
}
