import type { CaseEntry } from '../../geodata/hazards/case.schema.ts'
import { LIMIT_KINDS, type LimitKind } from '../../geodata/hazards/limits.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'

const isKind = (kind: unknown): kind is LimitKind =>
  typeof kind === 'string' && Object.hasOwn(LIMIT_KINDS, kind)

/** So much time, in the unit of a limit: `2 working days`. */
export function useAmountWords(): (amount: number, kind: LimitKind) => string {
  const { t, lang } = useTexts()
  return (amount, kind) => t('cases.amountOf', { amount, unit: LIMIT_KINDS[kind][lang].toLowerCase() })
}

/** What an entry says beyond its reason: how much time was asked for, until when it is suspended, who was told. */
export function useEntryDetail(): (entry: CaseEntry) => string | undefined {
  const { t } = useTexts()
  const amountWords = useAmountWords()
  return ({ kind, detail }) => {
    const { amount, kind: unit, until, level } = detail ?? {}
    if (kind === 'extension-asked' && typeof amount === 'number' && isKind(unit))
      return t('cases.detail.asked', { amount: amountWords(amount, unit) })
    if (kind === 'suspended' && typeof until === 'string')
      return t('cases.detail.until', { time: formatTime(until) })
    if (kind === 'escalated' && (level === 1 || level === 2 || level === 3))
      return t('cases.detail.told', { who: t(`cases.escalated.${level}`) })
    return undefined
  }
}
