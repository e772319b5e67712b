import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { IndicatorValues } from '../../geodata/figures/indicator.schema.ts'
import {
  INDICATORS,
  type IndicatorId,
  missesTarget,
  type Ratio,
  shareOf,
} from '../../geodata/figures/indicators.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { indicatorSeriesCsv } from '../api/figures.ts'
import { CellTable } from '../ui/cell-table.tsx'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useMay } from '../ui/session.ts'
import { CsvLink } from './downloads.tsx'
import type { FigureProps } from './figures-panel.tsx'
import { IndicatorRows } from './indicator-rows.tsx'
import { TargetField } from './target-field.tsx'
import { TintLegend } from './tint-legend.tsx'
import { TrendChart } from './trend-chart.tsx'
import { seriesQuestion, useDefinitions, useSeries, useValues } from './use-figures.ts'
import { changeWords, outOfWords, percentWords, shareOrNull, untilWords } from './words.ts'

/** One figure: what it is, how it is reckoned, its months, its cells and the rows behind it. */
export function IndicatorDetail({ id, asked, change, scheme, select }: FigureProps & { id: IndicatorId }) {
  const texts = useTexts()
  const { t, lang } = texts
  const values = useValues(asked)
  const series = useSeries(asked)
  const definitions = useDefinitions()
  const mayExport = useMay('export')
  const definition = definitions.data?.indicators.find((one) => one.id === id)
  const ratio = values.data?.indicators.find((one) => one.id === id)
  const name = INDICATORS[id].name[lang]
  const back = (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconArrowLeft size={14} />}
      onClick={() => change({ open: undefined })}
      data-testid="figures-back"
    >
      {t('figures.back')}
    </Button>
  )
  if (!values.data || !definitions.data || !definition || !ratio)
    return (
      <>
        {back}
        <LoadState
          error={values.error ?? definitions.error}
          onRetry={() => {
            void values.refetch()
            void definitions.refetch()
          }}
        />
      </>
    )
  const { until, cells, outside } = values.data
  const share = shareOf(ratio)
  const { target } = definition
  const misses = missesTarget(id, share, target)
  const left = outside[id]?.denominator ?? 0
  return (
    <section className="gw-indicator-detail" aria-label={name} data-testid="indicator-detail">
      {back}
      <header>
        <h3>{name}</h3>
        <b data-tone={misses ? 'critical' : undefined} data-testid="indicator-value">
          {percentWords(share)}
        </b>
        <p>
          {[outOfWords(id, ratio, texts), changeWords(share, shareOf(ratio.before), texts)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      <TargetField id={id} target={target} version={definitions.data.version} misses={misses} />
      <dl className="gw-formula-parts" data-testid="indicator-formula">
        <dt>{t('figures.formula')}</dt>
        <dd>{definition.formula[lang]}</dd>
        <dt>{t('figures.numerator')}</dt>
        <dd>
          <b>{formatCount(ratio.numerator)}</b> {definition.numerator[lang]}
        </dd>
        <dt>{t('figures.denominator')}</dt>
        <dd>
          <b>{formatCount(ratio.denominator)}</b> {definition.denominator[lang]}
        </dd>
      </dl>
      <p className="gw-hint">{t('figures.wholeHistory', { until: untilWords(until) })}</p>
      {series.data && (
        <TrendChart id={id} series={series.data} target={target} scheme={scheme}>
          {mayExport && <CsvLink href={indicatorSeriesCsv(seriesQuestion(asked), lang)} />}
        </TrendChart>
      )}
      <h3>{t('figures.byCell', { cells: LAYERS[asked.cells].noun[lang].toLowerCase() })}</h3>
      <TintLegend id={id} asked={asked} />
      <CellTable
        caption={t('figures.byCellCaption', { name, cells: LAYERS[asked.cells].title[lang] })}
        nameLabel={LAYERS[asked.cells].noun[lang]}
        rows={worstFirst(id, cells)}
        columns={[
          { id: 'share', label: name, show: ({ ratios }) => percentWords(shareOrNull(ratios[id])) },
          { id: 'of', label: t('figures.numerator'), show: ({ ratios }) => ratios[id]?.numerator ?? 0 },
          { id: 'all', label: t('figures.denominator'), show: ({ ratios }) => ratios[id]?.denominator ?? 0 },
        ]}
        onSelect={({ code }) => change({ area: code })}
        empty={outOfWords(id, undefined, texts)}
      />
      {left > 0 && <p className="gw-hint">{t('figures.outside', { count: left })}</p>}
      <IndicatorRows id={id} asked={asked} select={select} />
    </section>
  )
}

const worstFirst = (id: IndicatorId, cells: IndicatorValues['cells']) => {
  const badness = (ratio: Ratio | undefined) =>
    (shareOrNull(ratio) ?? 0) * (INDICATORS[id].better === 'high' ? 1 : -1)
  return cells
    .filter(({ ratios }) => ratios[id])
    .sort((a, b) => badness(a.ratios[id]) - badness(b.ratios[id]) || (a.code < b.code ? -1 : 1))
}
