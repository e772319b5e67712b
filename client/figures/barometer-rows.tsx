import { CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { BarometerCount } from '../../geodata/figures/indicator.schema.ts'
import { barometerRowsCsv, getBarometerRows } from '../api/figures.ts'
import { useTexts } from '../ui/i18n.ts'
import { categoriesWords, type FigureAsk, questionOf } from './ask.ts'
import { FigureRows } from './figure-rows.tsx'
import { kindWords } from './words.ts'

interface BarometerRowsProps {
  count: BarometerCount
  asked: FigureAsk
  onClose(): void
  select(at: string | undefined): void
}

/** The hazards behind a count of the barometer, and how that is counted. */
export function BarometerRows({ count, asked, onClose, select }: BarometerRowsProps) {
  const texts = useTexts()
  const { t } = texts
  const { categories } = asked
  const box = useRef<HTMLElement>(null)
  const question = { ...questionOf(asked), categories: categories && categoriesWords(categories) }
  const name = [t(`figures.${count}`), kindWords(categories, texts)].filter(Boolean).join(' · ')
  // It opens below what was clicked.
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <section
      ref={box}
      className="gw-indicator-rows gw-barometer-rows"
      aria-label={name}
      data-testid="barometer-rows"
    >
      <h3>
        {name}
        <CloseButton size={24} aria-label={t('figures.closeRows')} onClick={onClose} />
      </h3>
      <p className="gw-hint">{t(`figures.${count}Whole`)}</p>
      <FigureRows
        asked={[count, question]}
        period={asked.period}
        read={(page, signal) => getBarometerRows(count, question, page, signal)}
        csv={barometerRowsCsv(count, question)}
        isByDeadline={false}
        select={select}
      />
    </section>
  )
}
