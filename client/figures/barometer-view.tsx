import { UnstyledButton } from '@mantine/core'
import { IconCloud, IconCloudRain, IconSun } from '@tabler/icons-react'
import { Fragment, lazy, type ReactNode, Suspense, useCallback } from 'react'
import {
  BAROMETER_COUNTS,
  type Barometer,
  type BarometerCount,
  type BarometerPair,
} from '../../geodata/figures/indicator.schema.ts'
import type { Category } from '../../geodata/figures/scheme.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { barometerCsv } from '../api/figures.ts'
import { CellTable } from '../ui/cell-table.tsx'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import { useMay } from '../ui/session.ts'
import type { Scheme, Tokens } from '../ui/tokens.ts'
import { questionOf } from './ask.ts'
import { BarometerRows } from './barometer-rows.tsx'
import { CsvLink } from './downloads.tsx'
import type { FigureProps } from './figures-panel.tsx'
import { useBarometer } from './use-figures.ts'
import { categoryWords, untilWords } from './words.ts'

const Chart = lazy(() => import('./chart.tsx'))

/** New, solved and standing hazards by kind and cell, against the period before. */
export function BarometerView({ asked, change, scheme, select }: FigureProps) {
  const { t, lang } = useTexts()
  const barometer = useBarometer(asked)
  const mayExport = useMay('export')
  if (!barometer.data) return <LoadState error={barometer.error} onRetry={() => void barometer.refetch()} />
  const { all, kinds, cells, outside, until } = barometer.data
  return (
    <section aria-label={t('figures.views.barometer')} aria-busy={barometer.isPlaceholderData}>
      <p className="gw-hint">{t('figures.asOf', { time: untilWords(until) })}</p>
      {kinds.length === 0 ? (
        <p className="gw-hint" role="status">
          {t('figures.noHazards')}
        </p>
      ) : (
        <>
          <KindTable
            all={all}
            kinds={kinds}
            onOpen={(count, category) => change({ count, categories: category && [category] })}
          />
          <WeatherKey />
          {asked.count ? (
            <BarometerRows
              key={JSON.stringify([asked.count, asked.categories])}
              count={asked.count}
              asked={asked}
              onClose={() => change({ count: undefined, categories: undefined })}
              select={select}
            />
          ) : (
            <ul className="gw-hint gw-figures-notes">
              <li>{t('figures.freshWhole')}</li>
              <li>{t('figures.solvedWhole')}</li>
              <li>{t('figures.standingWhole')}</li>
            </ul>
          )}
          <StandingChart kinds={kinds} scheme={scheme}>
            {mayExport && <CsvLink href={barometerCsv(questionOf(asked))} />}
          </StandingChart>
          <h3>{t('figures.byCell', { cells: LAYERS[asked.cells].noun[lang].toLowerCase() })}</h3>
          <CellTable
            caption={t('figures.byCellCaption', {
              name: t('figures.views.barometer'),
              cells: LAYERS[asked.cells].title[lang],
            })}
            nameLabel={LAYERS[asked.cells].noun[lang]}
            rows={cells}
            columns={[
              { id: 'weather', label: '', show: (row) => <Weather pair={row} /> },
              ...BAROMETER_COUNTS.map((what) => ({
                id: what,
                label: t(`figures.${what}`),
                show: ({ now }: Barometer['cells'][number]) => now[what],
              })),
            ]}
            onSelect={({ code }) => change({ area: code })}
            empty={t('figures.noHazards')}
          />
          {outside.now.standing > 0 && (
            <p className="gw-hint">{t('figures.outside', { count: outside.now.standing })}</p>
          )}
        </>
      )}
    </section>
  )
}

const WEATHER = { clear: IconSun, cloudy: IconCloud, rain: IconCloudRain } as const
type WeatherKind = keyof typeof WEATHER
const WEATHERS = Object.keys(WEATHER) as WeatherKind[]

/** Whether more or fewer stand than before: a sign with its words, for it is not told by colour. */
export function Weather({ pair: { now, before } }: { pair: BarometerPair }) {
  const { t } = useTexts()
  const kind = now.standing < before.standing ? 'clear' : now.standing > before.standing ? 'rain' : 'cloudy'
  const Sign = WEATHER[kind]
  return <Sign size={16} role="img" aria-label={t(`figures.weather.${kind}`)} />
}

/** What the signs mean. */
export function WeatherKey() {
  const { t } = useTexts()
  return (
    <ul className="gw-hint gw-weather-key">
      {WEATHERS.map((kind) => {
        const Sign = WEATHER[kind]
        return (
          <li key={kind}>
            <Sign size={16} aria-hidden="true" /> {t(`figures.weather.${kind}`)}
          </li>
        )
      })}
    </ul>
  )
}

interface KindTableProps extends Pick<Barometer, 'all' | 'kinds'> {
  /** Opens the hazards behind a count, of a category or of all. On paper there is nothing to open. */
  onOpen?(count: BarometerCount, category: Category | undefined): void
}

export function KindTable({ all, kinds, onOpen }: KindTableProps) {
  const { t, lang } = useTexts()
  const cell = (name: string, pair: BarometerPair, what: BarometerCount, category?: Category) => (
    <td className="gw-number">
      {onOpen && pair.now[what] > 0 ? (
        <UnstyledButton
          className="gw-link"
          aria-label={t('figures.openRows', { name, what: t(`figures.${what}`), count: pair.now[what] })}
          onClick={() => onOpen(what, category)}
          data-testid={`barometer-${what}`}
        >
          {formatCount(pair.now[what])}
        </UnstyledButton>
      ) : (
        formatCount(pair.now[what])
      )}
      <small> {t('figures.before', { count: pair.before[what] })}</small>
    </td>
  )
  const row = (name: string, pair: BarometerPair, category?: Category) => (
    <>
      <th scope="row">
        <Weather pair={pair} /> {name}
      </th>
      {BAROMETER_COUNTS.map((what) => (
        <Fragment key={what}>{cell(name, pair, what, category)}</Fragment>
      ))}
    </>
  )
  return (
    <table className="gw-table gw-barometer" data-testid="barometer-kinds">
      <caption className="gw-unseen">{t('figures.views.barometer')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('figures.kind')}</th>
          {BAROMETER_COUNTS.map((what) => (
            <th key={what} scope="col" className="gw-number">
              {t(`figures.${what}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ category, ...pair }) => (
          <tr key={JSON.stringify(category)}>{row(categoryWords(category, lang), pair, category)}</tr>
        ))}
      </tbody>
      <tfoot>
        <tr>{row(t('figures.sum'), all)}</tr>
      </tfoot>
    </table>
  )
}

const TEXT = 11
const BAR_PIXELS = 38

interface StandingChartProps {
  kinds: Barometer['kinds']
  scheme: Scheme
  children: ReactNode
}

/** Standing hazards by kind: a bar for now, a thin one for before. */
function StandingChart({ kinds, scheme, children }: StandingChartProps) {
  const { t, lang } = useTexts()
  const [nowName, beforeName] = [t('figures.nowBar'), t('figures.beforeBar')]
  const option = useCallback(
    (tokens: Tokens) => {
      const bars = (which: 'now' | 'before', name: string, width: number, color: string) => ({
        name,
        type: 'bar',
        barWidth: width,
        barGap: '70%',
        data: kinds.map((kind) => kind[which].standing),
        itemStyle: { color },
        label: {
          show: true,
          position: 'right',
          color: which === 'now' ? tokens.text : tokens.muted,
          fontSize: TEXT,
          formatter: (bar: { value: number; dataIndex: number }) =>
            // The first bars name what they are.
            bar.dataIndex === 0 ? `${bar.value} ${name}` : String(bar.value),
        },
      })
      return {
        grid: { left: 8, right: 64, top: 4, bottom: 4, containLabel: true },
        xAxis: { type: 'value', show: false },
        yAxis: {
          type: 'category',
          inverse: true,
          data: kinds.map(({ category }) => categoryWords(category, lang)),
          axisTick: { show: false },
          axisLine: { show: false },
          axisLabel: { color: tokens.muted, fontSize: TEXT, width: 120, overflow: 'break' },
        },
        series: [bars('now', nowName, 9, tokens.accent), bars('before', beforeName, 4, tokens.muted)],
      }
    },
    [kinds, lang, nowName, beforeName],
  )
  return (
    <Suspense fallback={<PanelSkeleton />}>
      <Chart
        label={t('figures.standingChart')}
        height={Math.max(80, kinds.length * BAR_PIXELS)}
        scheme={scheme}
        option={option}
        fileName="gridward-barometer"
      >
        {children}
      </Chart>
    </Suspense>
  )
}
