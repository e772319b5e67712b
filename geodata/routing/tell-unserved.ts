import type { Rounds, RoundsProblem, UnservedReason } from './rounds-problem.ts'
import { RoundsState } from './rounds-state.ts'

/** Why each site that nobody visits is left out: found by trying it alone in the empty round of each team. */
export function tellUnserved(problem: RoundsProblem, state: RoundsState): Rounds['unserved'] {
  const missing = problem.sites.flatMap((_, site) => (state.team[site] === -1 ? [site] : []))
  if (missing.length === 0) return []
  const alone = new RoundsState({
    ...problem,
    teams: problem.teams.map((team) => ({ ...team, locked: [], isFrozen: false })),
  })
  return missing.map((site) => ({ site, reason: reasonFor(problem, alone, site) }))
}

function reasonFor(problem: RoundsProblem, alone: RoundsState, site: number): UnservedReason {
  const { place, prize } = problem.sites[site]!
  const mine = problem.teams.flatMap((team, at) => (alone.mayVisit(site, at) && !team.isFrozen ? [at] : []))
  if (mine.length === 0) return 'no-team'
  const reachable = mine.filter((at) => {
    const { start, end } = problem.teams[at]!
    const way = (from: number, to: number) =>
      problem.seconds[from * problem.places + to]! < Number.POSITIVE_INFINITY
    return (start === undefined || way(start, place)) && (end === undefined || way(place, end))
  })
  if (reachable.length === 0) return 'unreachable'
  const inTime = reachable.filter((at) => placesOf(alone, at).some((before) => alone.fits(site, before)))
  if (inTime.length === 0) return 'window'
  return Number.isFinite(prize) ? 'dropped' : 'time'
}

/** The start of an empty round, and behind each of its breaks. */
function placesOf(state: RoundsState, team: number): number[] {
  const places: number[] = []
  for (let node = state.firstStart + team; node !== state.firstEnd + team; node = state.next[node]!)
    places.push(node)
  return places
}
