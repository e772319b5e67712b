import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { isCovering } from '../../../geodata/siting/siting-choices.ts'
import { formatCount, formatMetres, formatTenths } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { Texts } from '../analysis-view.ts'

/** Words for the values of one answer. */
export function sitingWords(
  { aim, weights, unit }: Pick<SitingResult, 'aim' | 'weights' | 'unit'>,
  { t, lang }: Pick<Texts, 't' | 'lang'>,
) {
  const isMoney = unit === 'money'
  const weight = (value: number) => t(`siting.weight.${weights}`, { value: formatCount(Math.round(value)) })
  const metres = (value: number | null) => (value === null ? '—' : formatMetres(value, lang))
  return {
    weight,
    metres,
    isMoney,
    what: t(`siting.what.${isCovering(aim) ? 'covered' : aim}`),
    worth: (value: number) => (isCovering(aim) ? weight(value) : metres(value)),
    limit: (value: number) =>
      isMoney
        ? t('siting.money', { value: formatTenths(value) })
        : t('siting.places', { count: Math.round(value) }),
  }
}

export const useSitingWords = (result: SitingResult) => sitingWords(result, useTexts())
