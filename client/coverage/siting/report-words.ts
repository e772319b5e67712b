import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { isCovering } from '../../../geodata/siting/siting-choices.ts'
import { formatMetres } from '../../ui/format.ts'
import type { Texts } from '../analysis-view.ts'
import { worthOf } from './curve-points.ts'
import { sitingWords } from './siting-words.ts'

export type SitingStep = SitingResult['steps'][number]

/** The answer to the question in a sentence or three. */
export function answerWords(result: SitingResult, step: SitingStep, texts: Texts): string {
  const { t, lang } = texts
  const words = sitingWords(result, texts)
  const worth = (measures: SitingStep['measures'] | null) => {
    const value = measures && worthOf(result, measures)
    return value === null ? '—' : words.worth(value)
  }
  const isAll =
    result.aim === 'cover-all' && result.steps[result.chosen] === step && result.needed?.price === step.price
  const said = isAll
    ? t(`siting.answer.${result.unit === 'money' ? 'cover-allMoney' : 'cover-all'}`, {
        added: words.limit(step.price),
      })
    : t(`siting.answer.${isCovering(result.aim) ? 'cover-most' : result.aim}`, {
        count: step.newSites,
        after: worth(step.measures),
        walk: formatMetres(result.walkMetres, lang),
      })
  const before = result.before
    ? t('siting.beforeSays', { value: worth(result.before) })
    : t('siting.beforeNone')
  return [said, ...(step.closed > 0 ? [t('siting.moved', { count: step.closed })] : []), before].join(
    lang === 'zh' ? '' : ' ',
  )
}

export function gapWords({ isProven, gap }: SitingStep, { t }: Texts): string {
  return isProven ? t('siting.proven') : t('siting.gap', { percent: Math.ceil(gap * 1000) / 10 })
}
