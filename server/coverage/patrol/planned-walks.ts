import { forecastWalk } from '../../../geodata/coverage/patrol/forecast-walk.ts'
import type { AskedVisit, AskedWalk } from '../../../geodata/coverage/patrol/patrol-question.ts'
import type { Span } from '../../../geodata/coverage/visit-metrics.ts'
import type { Plan } from '../../../geodata/patrols/plan.schema.ts'
import { walkPlan } from '../../patrols/walk-plan.ts'
import type { AnalysisContext } from '../analysis-kind.ts'
import { isAskedTeam } from './visits-then.store.ts'

/** Rounds of plans that begin in a period as though they were walked as planned: their ways, and their stops as visits. */
export async function walkAsPlanned(
  { sql, network, wholeReach, signal, progress }: AnalysisContext,
  plans: readonly Plan[],
  span: Span,
  teams: readonly string[],
): Promise<{ walks: AskedWalk[]; visits: AskedVisit[] }> {
  const walks: AskedWalk[] = []
  const visits: AskedVisit[] = []
  for (const [place, plan] of plans.entries()) {
    progress((0.3 * place) / plans.length, 'walks')
    const walked = await walkPlan(sql, network, plan, wholeReach, signal)
    for (const round of walked.rounds) {
      const starts = Date.parse(round.timed.startsAt)
      if (round.round.stops.length === 0 || starts < span.from || starts >= span.to) continue
      if (!isAskedTeam(teams, round.team.name)) continue
      const forecast = forecastWalk(round)
      walks.push(forecast.walk)
      visits.push(...forecast.visits)
    }
  }
  return { walks, visits }
}
