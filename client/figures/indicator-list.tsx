import { UnstyledButton } from '@mantine/core'
import type { Definitions, IndicatorSeries, IndicatorValues } from '../../geodata/figures/indicator.schema.ts'
import { INDICATOR_GROUPS } from '../../geodata/figures/indicator-definition.ts'
import { INDICATORS, missesTarget, shareOf } from '../../geodata/figures/indicators.ts'
import { indicatorValuesCsv } from '../api/figures.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useMay } from '../ui/session.ts'
import { questionOf } from './ask.ts'
import { CsvLink } from './downloads.tsx'
import type { FigureProps } from './figures-panel.tsx'
import { Spark } from './spark.tsx'
import { useDefinitions, useSeries, useValues } from './use-figures.ts'
import { changeWords, outOfWords, percentWords, shareOrNull, untilWords } from './words.ts'

/** Small multiples: each indicator with its target, what it is out of, the period before and a year of months. */
export function IndicatorList({ asked, change, isOver }: FigureProps & { isOver: boolean }) {
  const { t, lang } = useTexts()
  const values = useValues(asked)
  const series = useSeries(asked)
  const definitions = useDefinitions()
  const mayExport = useMay('export')
  if (!values.data || !definitions.data)
    return (
      <LoadState
        error={values.error ?? definitions.error}
        onRetry={() => {
          void values.refetch()
          void definitions.refetch()
        }}
      />
    )
  const { until } = values.data
  return (
    <>
      <p className="gw-hint">{t(isOver ? 'figures.asOf' : 'figures.running', { time: untilWords(until) })}</p>
      {INDICATOR_GROUPS.map((group) => (
        <section key={group}>
          <h3>{t(`figures.groups.${group}`)}</h3>
          <ul className="gw-indicators" aria-busy={values.isPlaceholderData}>
            {definitions.data.indicators
              .filter(({ id }) => INDICATORS[id].group === group)
              .map((definition) => (
                <IndicatorRow
                  key={definition.id}
                  definition={definition}
                  values={values.data}
                  series={series.data}
                  onOpen={() => change({ open: definition.id })}
                />
              ))}
          </ul>
        </section>
      ))}
      {mayExport && <CsvLink href={indicatorValuesCsv(questionOf(asked), lang)} />}
    </>
  )
}

interface IndicatorRowProps {
  definition: Definitions['indicators'][number]
  values: IndicatorValues
  series: IndicatorSeries | undefined
  onOpen(): void
}

function IndicatorRow({ definition, values, series, onOpen }: IndicatorRowProps) {
  const texts = useTexts()
  const { t, lang } = texts
  const { id, target } = definition
  const name = definition.name[lang]
  const ratio = values.indicators.find((one) => one.id === id)
  if (!ratio) return null
  const share = shareOf(ratio)
  const misses = missesTarget(id, share, target)
  const words = percentWords(share)
  return (
    <li>
      <UnstyledButton className="gw-indicator" onClick={onOpen} data-testid={`indicator-${id}`}>
        <span className="gw-indicator-name">{name}</span>
        <Spark values={series?.months.map(({ ratios }) => shareOrNull(ratios[id])) ?? []} target={target} />
        <b data-tone={misses ? 'critical' : undefined}>{words}</b>
        <small>
          {[
            outOfWords(id, ratio, texts),
            changeWords(share, shareOf(ratio.before), texts),
            target === null ? '' : t('figures.target', { target: `${Math.round(target * 1000) / 10}%` }),
          ]
            .filter(Boolean)
            .join(' · ')}
          {misses && <em> · {t('figures.misses')}</em>}
        </small>
      </UnstyledButton>
    </li>
  )
}
