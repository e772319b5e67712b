import { meanStartEntropy, type StartSpan } from '../routing/start-entropy.ts'
import { evaluateRound } from './evaluate-round.ts'
import type { Proposal } from './generation.schema.ts'
import type { Round } from './plan.schema.ts'
import type { RoundsQuestion } from './pose-rounds.ts'

const BIN_SECONDS = 1800

/**
 * How hard it is to guess when a site is visited, by plans that chance made of one question: the mean entropy of the half hours in
 * which visits begin, over ln K of the K half hours of the shift, and the most that so many plans could reach. `metres`: between
 * the question's places, row by row. undefined: no visit, or a shift of a single half hour.
 */
export function guessStarts(
  question: RoundsQuestion,
  plans: readonly (readonly Round[])[],
  metres: Float64Array,
): Proposal['guessing'] {
  const to = (question.to - question.from) / 1000
  const span: StartSpan = { from: 0, to, bins: Math.ceil(to / BIN_SECONDS) }
  const starts = new Map<string, number[]>()
  for (const rounds of plans)
    for (const [visit, start] of startsOf(question, rounds, metres))
      starts.set(visit, [...(starts.get(visit) ?? []), start])
  const entropy = meanStartEntropy(starts.values(), span)
  // As though each plan had chosen another half hour, in turn.
  const most = meanStartEntropy(
    [...starts.values()].map((own) => own.map((_, at) => ((at % span.bins) + 0.5) * (to / span.bins))),
    span,
  )
  return entropy === undefined || most === undefined ? undefined : { entropy, most, plans: plans.length }
}

/** Seconds in the shift at which visits begin, by site and number of the visit. */
function startsOf(
  { teams, places, items, from, to }: RoundsQuestion,
  rounds: readonly Round[],
  metres: Float64Array,
): Map<string, number> {
  const placeAt = new Map(places.map((at, place) => [at.join(), place]))
  const sites = new Map(
    items.flatMap(({ visit }) => (visit ? [[visit.site.checkpointId, visit.site] as const] : [])),
  )
  const shift = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  const starts = new Map<string, number>()
  for (const round of rounds) {
    const team = teams.find(({ team: { id } }) => id === round.teamId)?.team
    if (!team) continue
    const way = [team.start, ...round.stops.map(({ lngLat }) => lngLat), team.end].map((at) =>
      at ? placeAt.get(at.join()) : undefined,
    )
    const legs = round.legs.map((_, leg) => {
      const [a, b] = [way[leg], way[leg + 1]]
      const length = a === undefined || b === undefined ? 0 : metres[a * places.length + b]!
      // Where there is no way the plan is at fault, and its times say nothing.
      return { metres: Number.isFinite(length) ? length : 0, way: true }
    })
    const { stops } = evaluateRound(round, team, legs, sites, shift)
    const visits = new Map<number, number>()
    for (const [at, { checkpointId }] of round.stops.entries()) {
      if (checkpointId === null) continue
      const visit = (visits.get(checkpointId) ?? 0) + 1
      visits.set(checkpointId, visit)
      starts.set(`${checkpointId} ${visit}`, (Date.parse(stops[at]!.startsAt) - from) / 1000)
    }
  }
  return starts
}
