import type { PatrolParams, PeriodResult } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { SEVERITIES } from '../../../geodata/hazards/hazard.schema.ts'
import { Figure } from '../../ui/figure.tsx'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { changeWords, hoursWords, minutesAsHours, partsWords, percent } from './words.ts'

interface TotalFiguresProps {
  params: PatrolParams
  first: PeriodResult
  second: PeriodResult | null
}

/** The figures of the whole area, each with both its parts and, beside a second period, what changed. */
export function TotalFigures({ params, first, second }: TotalFiguresProps) {
  const { t, lang } = useTexts()
  const { total } = first
  const before = second?.total
  const share = (value: number) => percent(value)
  const hours = (value: number) => hoursWords(value)
  const beside = (words: string, change: string | undefined) => (change ? `${change} · ${words}` : words)
  const metres = (value: number) => formatMetres(value, lang)
  const recorded = first.dutyMinutes > 0 ? first.recordedMinutes / first.dutyMinutes : null
  const outside = first.levels.find(({ rows }) => rows.length > 0)?.outside.minutes ?? 0
  const limits = SEVERITIES.map(
    (severity) => `${t(`patrolCover.severities.${severity}`)} ${params.hazardHours[severity]} h`,
  ).join(', ')
  return (
    <dl className="gw-figure-grid">
      <Figure
        label={t('patrolCover.achieved')}
        value={percent(total.achieved.value)}
        outOf={beside(
          t('patrolCover.achievedOf', {
            ...partsWords(total.achieved),
            unknown: percent(total.unknown.value),
          }),
          changeWords(total.achieved.value, before?.achieved.value, share),
        )}
        formula={t('patrolCover.achievedFormula')}
        testId="patrol-achieved"
      />
      <Figure
        label={t('patrolCover.planned')}
        value={percent(total.planned.value)}
        outOf={beside(
          t('patrolCover.plannedOf', partsWords(total.planned)),
          changeWords(total.planned.value, before?.planned.value, share),
        )}
        formula={t('patrolCover.plannedFormula')}
      />
      <Figure
        label={t('patrolCover.ratio')}
        value={percent(total.achievedOfPlanned.value)}
        outOf={beside(
          t('patrolCover.ratioOf', partsWords(total.achievedOfPlanned)),
          changeWords(total.achievedOfPlanned.value, before?.achievedOfPlanned.value, share),
        )}
        formula={t('patrolCover.ratioFormula')}
      />
      <Figure
        label={t('patrolCover.adherence')}
        value={percent(total.adherence.value)}
        outOf={beside(
          t('patrolCover.adherenceOf', {
            ...partsWords(total.adherence),
            unknown: total.unknownStops,
            off: first.offPlanVisits,
            metres: metres(first.offPlanMetres),
          }),
          changeWords(total.adherence.value, before?.adherence.value, share),
        )}
        formula={t('patrolCover.adherenceFormula')}
      />
      <Figure
        label={t('patrolCover.idle')}
        value={hoursWords(total.idleMeanHours, total.states.unvisited + total.states.probable > 0)}
        outOf={beside(
          t('patrolCover.idleOf', {
            worst: hoursWords(total.idleWorstHours, total.isWorstMore),
            never: total.states.unvisited + total.states.probable,
          }),
          changeWords(total.idleMeanHours, before?.idleMeanHours, hours),
        )}
        formula={t('patrolCover.idleFormula')}
      />
      <Figure
        label={t('patrolCover.frequency')}
        value={percent(total.frequency.value)}
        outOf={beside(
          t('patrolCover.frequencyOf', partsWords(total.frequency)),
          changeWords(total.frequency.value, before?.frequency.value, share),
        )}
        formula={t('patrolCover.frequencyFormula')}
      />
      <Figure
        label={t('patrolCover.compliance')}
        value={percent(total.compliance.value)}
        outOf={beside(
          t('patrolCover.complianceOf', {
            ...partsWords(total.compliance),
            unknown: hoursWords(total.unknownHours),
          }),
          changeWords(total.compliance.value, before?.compliance.value, share),
        )}
        formula={t('patrolCover.complianceFormula')}
      />
      {total.hazards && (
        <>
          <Figure
            label={t('patrolCover.hazards')}
            value={percent(total.hazards.watched.value)}
            outOf={beside(
              t('patrolCover.hazardsOf', {
                ...partsWords(total.hazards.watched),
                unknown: total.hazards.unknown,
              }),
              changeWords(total.hazards.watched.value, before?.hazards?.watched.value, share),
            )}
            formula={t('patrolCover.hazardsFormula', { limits })}
          />
          <Figure
            label={t('patrolCover.exposure')}
            value={hoursWords(total.hazards.exposureHours)}
            outOf={beside(
              t('patrolCover.exposureOf', { unknown: hoursWords(total.hazards.unknownHours) }),
              changeWords(total.hazards.exposureHours, before?.hazards?.exposureHours, hours),
            )}
            formula={t('patrolCover.exposureFormula')}
          />
        </>
      )}
      {total.effort && (
        <Figure
          label={t('patrolCover.effort')}
          value={minutesAsHours(total.effort.minutes)}
          outOf={beside(
            t('patrolCover.effortOf', {
              metres: metres(total.effort.metres),
              outside: minutesAsHours(outside),
            }),
            changeWords(
              total.effort.minutes / 60,
              before?.effort ? before.effort.minutes / 60 : undefined,
              hours,
            ),
          )}
          formula={t('patrolCover.effortFormula')}
          testId="patrol-effort"
        />
      )}
      <Figure
        label={t('patrolCover.recorded')}
        value={percent(recorded)}
        outOf={t('patrolCover.recordedOf', {
          recorded: minutesAsHours(first.recordedMinutes),
          duty: minutesAsHours(first.dutyMinutes),
        })}
        formula={t('patrolCover.recordedFormula')}
      />
      {total.streets && (
        <Figure
          label={t('patrolCover.streets')}
          value={percent(total.streets.value)}
          outOf={beside(
            t('patrolCover.streetsOf', {
              part: metres(total.streets.part),
              of: metres(total.streets.of),
            }),
            changeWords(total.streets.value, before?.streets?.value, share),
          )}
          formula={t('patrolCover.streetsFormula')}
          testId="patrol-streets"
        />
      )}
      {first.guessing && (
        <Figure
          label={t('patrolCover.guessing')}
          value={percent(first.guessing.entropy)}
          outOf={beside(
            t('patrolCover.guessingOf', {
              most: percent(first.guessing.most),
              visits: first.guessing.visits,
              frequency: percent(total.frequency.value),
            }),
            changeWords(first.guessing.entropy, second?.guessing?.entropy, share),
          )}
          formula={t('patrolCover.guessingFormula')}
        />
      )}
    </dl>
  )
}
