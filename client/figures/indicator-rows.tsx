import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { ROW_PARTS, type RowPart } from '../../geodata/figures/indicator.schema.ts'
import { INDICATORS, type IndicatorId } from '../../geodata/figures/indicators.ts'
import { getIndicatorRows, indicatorRowsCsv } from '../api/figures.ts'
import { useTexts } from '../ui/i18n.ts'
import { type FigureAsk, questionOf } from './ask.ts'
import { FigureRows } from './figure-rows.tsx'

interface IndicatorRowsProps {
  id: IndicatorId
  asked: FigureAsk
  select(at: string | undefined): void
}

/** The rows behind an indicator: first those to look at, which are not in the numerator of what is better high. */
export function IndicatorRows({ id, asked, select }: IndicatorRowsProps) {
  const { t } = useTexts()
  const [part, setPart] = useState<RowPart>(INDICATORS[id].better === 'high' ? 'others' : 'numerator')
  const question = questionOf(asked)
  return (
    <section className="gw-indicator-rows" aria-label={t('figures.rows')}>
      <h3>{t('figures.rows')}</h3>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('figures.part')}
        value={part}
        onChange={(next) => setPart(ROW_PARTS.find((known) => known === next) ?? 'denominator')}
        data={(['others', 'numerator', 'denominator'] as const).map((value) => ({
          value,
          label: t(`figures.parts.${value}`),
        }))}
        data-testid="rows-part"
      />
      <FigureRows
        asked={[id, part, question]}
        period={asked.period}
        read={(page, signal) => getIndicatorRows(id, question, { part, ...page }, signal)}
        csv={indicatorRowsCsv(id, question, part)}
        isByDeadline={INDICATORS[id].base.endsWith('-due')}
        select={select}
      />
    </section>
  )
}
