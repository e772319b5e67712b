import type { RedrawAlternative, RedrawResult } from '../../../geodata/partition/redraw.schema.ts'
import { formatCount } from '../../ui/format.ts'
import type { Texts } from '../analysis-view.ts'

const share = (value: number | null): string => (value === null ? '—' : `${Math.round(value * 100)} %`)

/** What alternatives are compared by, each with how it is said. */
export const measureRows = ({ t }: Texts) => [
  {
    id: 'cells',
    label: t('redraw.cells'),
    formula: t('redraw.formula.cells'),
    show: ({ cells }: RedrawAlternative) => formatCount(cells.length),
  },
  {
    id: 'range',
    label: t('redraw.range'),
    formula: t('redraw.formula.range'),
    show: ({ least, most }: RedrawAlternative) => `${formatCount(least)}–${formatCount(most)}`,
  },
  {
    id: 'spread',
    label: t('redraw.spread'),
    formula: t('redraw.formula.spread'),
    show: ({ spread }: RedrawAlternative) => share(spread),
  },
  {
    id: 'compactness',
    label: t('redraw.compactness'),
    formula: t('redraw.formula.compactness'),
    show: ({ compactness }: RedrawAlternative) => compactness.toFixed(2),
  },
  {
    id: 'along',
    label: t('redraw.alongStreets'),
    formula: t('redraw.formula.alongStreets'),
    show: ({ alongStreets }: RedrawAlternative) => share(alongStreets),
  },
  {
    id: 'cut',
    label: t('redraw.cutStreets'),
    formula: t('redraw.formula.cutStreets'),
    show: ({ cutStreets }: RedrawAlternative) => formatCount(cutStreets),
  },
  {
    id: 'moved',
    label: t('redraw.moved'),
    formula: t('redraw.formula.moved'),
    show: ({ moved }: RedrawAlternative, { total }: RedrawResult) => (total > 0 ? share(moved / total) : '—'),
  },
]

/** Whether it keeps to the band, and if not why not. */
export function stateWords(
  { state, proofs }: RedrawAlternative,
  { band }: RedrawResult,
  { t }: Texts,
): string {
  const range = { min: formatCount(band.min), max: formatCount(band.max) }
  if (state === 'in-band') return t('redraw.inBand', range)
  if (state === 'not-found') return t('redraw.notFound', range)
  return proofs
    .map(({ unit, why: { reason, ...values } }) =>
      t(`redraw.why.${reason}`, { unit, ...range, ...values, total: formatCount(values.total ?? 0) }),
    )
    .join(' ')
}
