import { longestRising } from './longest-rising.ts'
import type { Plan, Round, Stop, Team } from './plan.schema.ts'
import type { PlanDifferences } from './plan-differences.schema.ts'

type Placed = Stop & { place: PlanDifferences['stops']['added'][number]['to'] }

/**
 * Stops are the same by their id, else by the how-many-th visit to a checkpoint they are: a plan that was generated anew has
 * new ids. Of stops that change places in a round as few as possible are told.
 */
export function comparePlans(a: Plan, b: Plan): PlanDifferences {
  const [before, after] = [placedStops(a), placedStops(b)]
  const pairs = pairStops(before, after)
  const paired = new Set([...pairs.values()])
  const moved: PlanDifferences['stops']['moved'] = []
  const staying = stayingStops(pairs)
  for (const [from, to] of pairs)
    if (!staying.has(to)) moved.push({ ...idsOf(to), from: from.place, to: to.place })
  return {
    from: a.version,
    to: b.version,
    fields: (['name', 'from', 'to', 'area', 'note'] as const).filter((field) => !isSame(a[field], b[field])),
    teams: compareTeams(a.teams, b.teams),
    stops: {
      added: after.filter((one) => !paired.has(one)).map((one) => ({ ...idsOf(one), to: one.place })),
      removed: before.filter((one) => !pairs.has(one)).map((one) => ({ ...idsOf(one), from: one.place })),
      moved,
      changed: [...pairs].flatMap(([from, to]) => {
        const fields = (['dwellMinutes', 'lngLat', 'locked'] as const).filter(
          (field) => !isSame(from[field], to[field]),
        )
        return fields.length > 0 ? [{ ...idsOf(to), to: to.place, fields }] : []
      }),
    },
    rounds: compareRounds(a.rounds, b.rounds),
  }
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const idsOf = ({ id, checkpointId }: Stop) => ({ stopId: id, checkpointId })

const placedStops = ({ rounds }: Plan): Placed[] =>
  rounds.flatMap(({ id, teamId, stops }) =>
    stops.map((one, at) => ({ ...one, place: { roundId: id, teamId, position: at + 1 } })),
  )

function pairStops(before: readonly Placed[], after: readonly Placed[]): Map<Placed, Placed> {
  const pairs = new Map<Placed, Placed>()
  const byId = new Map(after.map((one) => [one.id, one]))
  for (const one of before) {
    const same = byId.get(one.id)
    if (same && same.checkpointId === one.checkpointId) pairs.set(one, same)
  }
  const taken = new Set(pairs.values())
  const free = new Map<number, Placed[]>()
  for (const one of after)
    if (one.checkpointId !== null && !taken.has(one))
      free.set(one.checkpointId, [...(free.get(one.checkpointId) ?? []), one])
  for (const one of before) {
    if (one.checkpointId === null || pairs.has(one)) continue
    const same = free.get(one.checkpointId)?.shift()
    if (same) pairs.set(one, same)
  }
  return pairs
}

/**
 * Of the pairs in one round of the same team, the longest run that keeps its order. Rounds with new ids are the same as those
 * of their team that most of their stops come from.
 */
function stayingStops(pairs: ReadonlyMap<Placed, Placed>): Set<Placed> {
  const groups = new Map<string, [Placed, Placed][]>()
  for (const pair of pairs) {
    const [from, to] = pair
    if (from.place.teamId !== to.place.teamId) continue
    const key = `${from.place.roundId} ${to.place.roundId}`
    groups.set(key, [...(groups.get(key) ?? []), pair])
  }
  const staying = new Set<Placed>()
  const usedBefore = new Set<string>()
  const usedAfter = new Set<string>()
  const inOrder = [...groups.values()].sort((a, b) => isOneRound(b) - isOneRound(a) || b.length - a.length)
  for (const group of inOrder) {
    const [{ place: from }, { place: to }] = group[0]!
    if (usedBefore.has(from.roundId) || usedAfter.has(to.roundId)) continue
    usedBefore.add(from.roundId)
    usedAfter.add(to.roundId)
    group.sort(([a], [b]) => a.place.position - b.place.position)
    for (const at of longestRising(
      group.map(
        ([
          ,
          {
            place: { position },
          },
        ]) => position,
      ),
    ))
      staying.add(group[at]![1])
  }
  return staying
}

const isOneRound = ([pair]: readonly [Placed, Placed][]): number =>
  pair?.[0].place.roundId === pair?.[1].place.roundId ? 1 : 0

function compareTeams(a: readonly Team[], b: readonly Team[]): PlanDifferences['teams'] {
  const before = new Map(a.map((team) => [team.id, team]))
  const after = new Map(b.map((team) => [team.id, team]))
  return [
    ...b.flatMap((team): PlanDifferences['teams'] => {
      const old = before.get(team.id)
      if (!old) return [{ teamId: team.id, name: team.name, change: 'added', fields: [] }]
      const fields = (Object.keys(team) as (keyof Team)[]).filter((key) => !isSame(team[key], old[key]))
      return fields.length > 0 ? [{ teamId: team.id, name: team.name, change: 'changed', fields }] : []
    }),
    ...a.flatMap((team): PlanDifferences['teams'] =>
      after.has(team.id) ? [] : [{ teamId: team.id, name: team.name, change: 'removed', fields: [] }],
    ),
  ]
}

function compareRounds(a: readonly Round[], b: readonly Round[]): PlanDifferences['rounds'] {
  const before = new Map(a.map((round) => [round.id, round]))
  const hours = ({ from, to }: Round) => (from === null || to === null ? null : `${from}/${to}`)
  return b.flatMap((round): PlanDifferences['rounds'] => {
    const old = before.get(round.id)
    if (!old) return []
    return [
      ...(old.teamId === round.teamId
        ? []
        : [{ roundId: round.id, change: 'team' as const, from: old.teamId, to: round.teamId }]),
      ...(hours(old) === hours(round)
        ? []
        : [{ roundId: round.id, change: 'hours' as const, from: hours(old), to: hours(round) }]),
    ]
  })
}
