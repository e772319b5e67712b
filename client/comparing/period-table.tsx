import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import type { PeriodSum } from '../../geodata/hazards/sum-period.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { SIDES, type Side } from './compare-state.ts'

export interface SummedPeriod {
  replay: HazardReplay
  sum: PeriodSum
}

const FIGURES = ['reported', 'ended', 'standing', 'overdue'] as const

/** Both periods in figures: what came, what ended, what stood at the end, and the same by kind. */
export function PeriodTable({ periods }: { periods: Record<Side, SummedPeriod> }) {
  const { t, lang } = useTexts()
  const kinds = new Map<string, { name: string } & Record<Side, { reported: number; standing: number }>>()
  for (const side of SIDES)
    for (const { category, reported, standing } of periods[side].sum.kinds) {
      const { standard, kind, code } = periods[side].replay.categories[category]!
      const key = `${standard} ${kind} ${code}`
      const known = HAZARD_CATEGORIES.find(
        (each) => each.standard === standard && each.kind === kind && each.code === code,
      )
      const nothing = { reported: 0, standing: 0 }
      const row = kinds.get(key) ?? { name: known?.[lang] ?? code, left: nothing, right: nothing }
      kinds.set(key, { ...row, [side]: { reported, standing } })
    }
  const rows = [...kinds].sort(
    ([, a], [, b]) => b.left.reported + b.right.reported - a.left.reported - a.right.reported,
  )
  return (
    <section aria-live="polite" data-testid="period-table">
      <SideTable
        heading={t('comparing.hazards')}
        rows={FIGURES.map((figure) => {
          const [left, right] = SIDES.map((side) => periods[side].sum[figure]) as [number, number]
          return {
            key: figure,
            name: t(`comparing.figure.${figure}`),
            shown: [formatCount(left), formatCount(right)],
            difference: right - left,
          }
        })}
      />
      <h3>{t('comparing.byKind')}</h3>
      <SideTable
        heading={t('comparing.kindOf')}
        rows={rows.map(([key, { name, left, right }]) => ({
          key,
          name,
          shown: [left, right].map(
            ({ reported, standing }) => `${formatCount(reported)} · ${formatCount(standing)}`,
          ),
          difference: right.reported - left.reported,
        }))}
      />
      <p className="gw-hint">{t('comparing.kindHint')}</p>
    </section>
  )
}

interface SideRow {
  key: string
  name: string
  /** Left and right. */
  shown: readonly string[]
  difference: number
}

/** Both sides, and how they differ. */
function SideTable({ heading, rows }: { heading: string; rows: readonly SideRow[] }) {
  const { t } = useTexts()
  return (
    <table className="gw-compare-periods">
      <thead>
        <tr>
          {[heading, t('comparing.left'), t('comparing.right'), t('comparing.change')].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, shown, difference }) => (
          <tr key={key} data-testid={`period-${key}`}>
            <th scope="row">{name}</th>
            {SIDES.map((side, at) => (
              <td key={side}>{shown[at]}</td>
            ))}
            <td>{signed(difference)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const signed = (difference: number): string =>
  difference > 0 ? `+${formatCount(difference)}` : difference < 0 ? `−${formatCount(-difference)}` : '0'
