import type { FacilityParams, FacilityResult } from '../../../geodata/coverage/facility/facility.schema.ts'
import { FACILITY_KINDS } from '../../../geodata/facilities/facility.schema.ts'
import { formatMetres } from '../../ui/format.ts'
import type { Language } from '../../ui/i18n.ts'
import type { Texts } from '../analysis-view.ts'
import { hectares, shareWords } from '../overlay/words.ts'

const isKind = (kind: unknown): kind is keyof typeof FACILITY_KINDS =>
  typeof kind === 'string' && kind in FACILITY_KINDS

/** Names of kinds in a row; one that is not known stays as it is. */
export const kindNames = (kinds: readonly unknown[], lang: Language): string =>
  kinds
    .map((kind) => (isKind(kind) ? FACILITY_KINDS[kind][lang] : String(kind)))
    .join(lang === 'zh' ? '、' : ', ')

/** Metres, or minutes with the metres that they are. */
export function walkWords(
  params: FacilityParams,
  limitMetres: number,
  { t, lang }: Pick<Texts, 't' | 'lang'>,
) {
  const metres = formatMetres(limitMetres, lang)
  return params.unit === 'minutes' ? t('facilityCover.minutesAs', { minutes: params.walk, metres }) : metres
}

export const shareOf = (part: number | null, all: number | null): string =>
  shareWords(part === null || !all ? null : part / all)

export const areaWords = (squareMetres: number, { t }: Pick<Texts, 't'>): string =>
  t('facilityCover.hectares', { value: hectares(squareMetres) })

/** Whom the answer is about: households, or buildings where nobody knows households. */
export function mainCount({ total, straight }: FacilityResult) {
  const isKnown = total.households !== null && total.households > 0
  return isKnown
    ? {
        unit: 'households' as const,
        all: total.households ?? 0,
        covered: total.coveredHouseholds ?? 0,
        straight: straight.coveredHouseholds ?? 0,
      }
    : {
        unit: 'buildings' as const,
        all: total.buildings,
        covered: total.coveredBuildings,
        straight: straight.coveredBuildings,
      }
}
