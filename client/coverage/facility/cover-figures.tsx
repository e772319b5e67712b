import type { FacilityParams, FacilityResult } from '../../../geodata/coverage/facility/facility.schema.ts'
import { Figure } from '../../ui/figure.tsx'
import { formatCount, formatKnown, formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { areaWords, shareOf } from './facility-words.ts'

/** Shares with both their parts; what nobody knows is told beside them. */
export function CoverFigures({ result, params }: { result: FacilityResult; params: FacilityParams }) {
  const texts = useTexts()
  const { t, lang } = texts
  const { total, area, streets, facilities, accessibility } = result
  const parts = (part: number | null, all: number | null) =>
    t('facilityCover.partOf', { part: formatKnown(part), all: formatKnown(all) })
  const perThousand = accessibility.mean === null ? null : accessibility.mean * 1000
  return (
    <dl className="gw-figure-grid">
      <Figure
        label={t('facilityCover.households')}
        value={shareOf(total.coveredHouseholds, total.households)}
        outOf={parts(total.coveredHouseholds, total.households)}
        formula={t('facilityCover.householdsFormula', { unknown: formatCount(total.householdsUnknown) })}
        testId="cover-households"
      />
      <Figure
        label={t('facilityCover.population')}
        value={shareOf(total.coveredPopulation, total.population)}
        outOf={parts(total.coveredPopulation, total.population)}
        formula={t('facilityCover.populationFormula', { unknown: formatCount(total.populationUnknown) })}
      />
      <Figure
        label={t('facilityCover.buildings')}
        value={shareOf(total.coveredBuildings, total.buildings)}
        outOf={parts(total.coveredBuildings, total.buildings)}
        formula={t('facilityCover.buildingsFormula', { metres: formatMetres(result.accessMetres, lang) })}
        testId="cover-buildings"
      />
      <Figure
        label={t('facilityCover.ground')}
        value={shareOf(area.coveredSquareMetres, area.squareMetres)}
        outOf={t('facilityCover.groundOf', {
          gaps: formatCount(area.gaps),
          area: areaWords(area.gapSquareMetres, texts),
        })}
        formula={t('facilityCover.groundFormula', {
          step: formatMetres(result.stepMetres, lang),
          slivers: formatCount(area.slivers),
          area: areaWords(area.sliverSquareMetres, texts),
        })}
        testId="cover-ground"
      />
      <Figure
        label={t('facilityCover.streets')}
        value={shareOf(streets.reachedMetres, streets.metres)}
        outOf={t('facilityCover.partOf', {
          part: formatMetres(streets.reachedMetres, lang),
          all: formatMetres(streets.metres, lang),
        })}
        formula={t('facilityCover.streetsFormula')}
      />
      <Figure
        label={t('facilityCover.facilities')}
        value={formatCount(facilities.onStreets)}
        outOf={
          facilities.planned > 0
            ? t('facilityCover.plannedOf', { value: formatCount(facilities.planned) })
            : t('facilityCover.overlapOf', {
                value: formatCount(result.overlap.slice(2).reduce((sum, one) => sum + one, 0)),
              })
        }
        formula={t('facilityCover.facilitiesFormula')}
      />
      <Figure
        label={t('facilityCover.accessibility')}
        value={
          perThousand === null || accessibility.supplied === 0
            ? '—'
            : perThousand.toLocaleString('en-US', { maximumSignificantDigits: 3 })
        }
        outOf={t(`facilityCover.perThousand.${params.demand}`)}
        formula={t('facilityCover.accessibilityFormula', {
          supply: t(`facilityCover.supply.${accessibility.supply}`),
          weights: t(`facilityCover.weightsBy.${params.weights}`),
        })}
      />
    </dl>
  )
}
