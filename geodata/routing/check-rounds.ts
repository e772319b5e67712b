import { breakOf, type RoundsProblem } from './rounds-problem.ts'

export interface Fault {
  team?: number
  /** A site's number, or −1 − a break's. */
  item?: number
  kind:
    | 'twice'
    | 'missing'
    | 'not-its-team'
    | 'no-way'
    | 'window'
    | 'break'
    | 'shift'
    | 'capacity'
    | 'locked'
    | 'unknown'
}

export interface Checked {
  faults: Fault[]
  /** Seconds of walking at a pace of 1, of all rounds. */
  seconds: number
}

const TOLERANCE = 1e-6

/**
 * Walks every round as written, each visit as early as it may, and tells what does not hold. Written apart from the
 * solver on purpose: it shares nothing with it but the problem. `unserved` are the sites that the plan says it leaves out.
 */
export function checkRounds(
  problem: RoundsProblem,
  rounds: number[][],
  unserved: readonly number[],
): Checked {
  const faults: Fault[] = []
  let total = 0
  const visits = problem.sites.map(() => 0)
  for (const [team, round] of rounds.entries()) {
    const own = problem.teams[team]
    if (!own) {
      faults.push({ team, kind: 'unknown' })
      continue
    }
    if (
      own.isFrozen &&
      !isSame(
        round.filter((item) => item >= 0),
        own.locked ?? [],
      )
    )
      faults.push({ team, kind: 'locked' })
    if (!isSubsequence(own.locked ?? [], round)) faults.push({ team, kind: 'locked' })
    if (round.length === 0) continue
    const breaks = round.flatMap((item) => breakOf(item) ?? [])
    for (const [number, { from, to, seconds }] of own.breaks.entries()) {
      const canBe = Math.max(from, own.from) <= Math.min(to, own.to - seconds)
      if (breaks.filter((at) => at === number).length !== (canBe ? 1 : 0))
        faults.push({ team, item: -1 - number, kind: 'break' })
    }
    let now = own.from
    let here = own.start
    let load = 0
    const walkTo = (place: number | undefined, item?: number) => {
      const way =
        here === undefined || place === undefined ? 0 : problem.seconds[here * problem.places + place]!
      if (way === Number.POSITIVE_INFINITY)
        faults.push({ team, ...(item === undefined ? {} : { item }), kind: 'no-way' })
      total += way
      now += way * own.pace
      here = place ?? here
    }
    for (const item of round) {
      const number = breakOf(item)
      if (number !== undefined) {
        const rest = own.breaks[number]
        if (!rest) faults.push({ team, item, kind: 'unknown' })
        else {
          now = Math.max(now, rest.from)
          if (now > rest.to + TOLERANCE) faults.push({ team, item, kind: 'break' })
          now += rest.seconds
        }
        continue
      }
      const site = problem.sites[item]
      if (!site) {
        faults.push({ team, item, kind: 'unknown' })
        continue
      }
      visits[item]!++
      if (site.teams && !site.teams.includes(team) && !own.locked?.includes(item))
        faults.push({ team, item, kind: 'not-its-team' })
      walkTo(site.place, item)
      if (site.windows.length > 0) {
        const open = site.windows.find(([, to]) => now <= to + TOLERANCE)
        if (open) now = Math.max(now, open[0])
        else faults.push({ team, item, kind: 'window' })
      }
      now += site.service
      load += site.demand ?? 0
    }
    walkTo(own.end)
    if (now > own.to + TOLERANCE) faults.push({ team, kind: 'shift' })
    if (load > (own.capacity ?? Number.POSITIVE_INFINITY)) faults.push({ team, kind: 'capacity' })
  }
  for (const [site, count] of visits.entries()) {
    if (count > 1 || (count === 1 && unserved.includes(site))) faults.push({ item: site, kind: 'twice' })
    if (count === 0 && !unserved.includes(site)) faults.push({ item: site, kind: 'missing' })
  }
  return { faults, seconds: total }
}

function isSubsequence(wanted: readonly number[], round: readonly number[]): boolean {
  let at = 0
  for (const item of round) if (item === wanted[at]) at++
  return at === wanted.length
}

const isSame = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((item, at) => item === b[at])
