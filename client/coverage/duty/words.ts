import type { AnalysisNote } from '../../../geodata/coverage/analysis.schema.ts'
import { DUTY_ROLES, type DutyRole } from '../../../geodata/duties/duty.schema.ts'
import { formatCount } from '../../ui/format.ts'
import type { Texts } from '../analysis-view.ts'

export const roleName = (role: unknown, { lang }: Pick<Texts, 'lang'>): string =>
  DUTY_ROLES[role as DutyRole]?.[lang] ?? String(role ?? '')

/** Most ÷ mean; of nobody, a dash. */
export const ratio = (value: number | null): string => (value === null ? '—' : value.toFixed(2))

/** What a note speaks of, in words: numbers with separators, lists with commas, roles by name. */
export function noteValues({ values }: AnalysisNote, { lang }: Texts): Record<string, string> {
  const words = Object.entries(values).map(([name, value]): [string, string] => {
    if (name === 'role') return [name, roleName(value, { lang })]
    if (typeof value === 'number') return [name, formatCount(value)]
    return [name, Array.isArray(value) ? value.join(lang === 'zh' ? '、' : ', ') : String(value ?? '—')]
  })
  return Object.fromEntries(words)
}
