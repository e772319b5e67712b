import { joinStreets } from './join-streets.ts'
import type { Part } from './split-walk.ts'
import type { StreetWays } from './street-ways.ts'
import { traceWalk } from './trace-walk.ts'

/** Moves of a street that are tried, and of how many streets in all: more streets make each move slower. */
const MOVES = 300
const MOVED_STREETS = 90_000

/**
 * Walks each share from `start` as well as can be, then hands streets of the longest to walkers who pass one end of them,
 * while the longest becomes shorter. Never makes the longest longer.
 */
export function balanceStreets(
  ways: StreetWays,
  parts: readonly Part[],
  walkers: number,
  start: number,
  isOver: (() => boolean) | undefined,
): Part[] {
  const shares = Array.from({ length: walkers }, (_, walker) =>
    measure(ways, requiredOf(parts[walker]), start, parts[walker]),
  )
  const tried = new Set<string>()
  const streets = shares.reduce((sum, share) => sum + share.streets.length, 0)
  const limit = Math.min(MOVES, MOVED_STREETS / streets)
  for (let moves = 0; moves < limit && !isOver?.(); moves++) {
    const from = shares.reduce(
      (most, share, at) => (share.millimetres > shares[most]!.millimetres ? at : most),
      0,
    )
    const move = nextMove(ways, shares, from, start, tried)
    if (!move) break
    const most = shares[from]!.millimetres
    const giver = measure(
      ways,
      shares[from]!.streets.filter((street) => street !== move.street),
      start,
    )
    const taker = measure(ways, [...shares[move.to]!.streets, move.street], start)
    if (Math.max(giver.millimetres, taker.millimetres) >= most) continue
    shares[from] = giver
    shares[move.to] = taker
    tried.clear()
  }
  return shares.map((share) => share.part ?? trace(ways, share, start))
}

interface Share {
  streets: number[]
  millimetres: number
  /** By street: how often on the way only. */
  deadHeads: Int32Array
  /** As it was cut, where that is no longer than joined anew. */
  part?: Part | undefined
}

const requiredOf = (part: Part | undefined) =>
  part?.steps.flatMap(({ street, isDeadHead }) => (isDeadHead ? [] : [street])) ?? []

function measure(ways: StreetWays, streets: number[], start: number, part?: Part): Share {
  const { millimetres, deadHeads } = joinStreets(ways, streets, start)
  if (part && part.millimetres <= millimetres)
    return { streets, millimetres: part.millimetres, deadHeads, part }
  return { streets, millimetres, deadHeads }
}

function trace(ways: StreetWays, { streets, millimetres, deadHeads }: Share, start: number): Part {
  const times = deadHeads.slice()
  for (const street of streets) times[street]!++
  return { steps: traceWalk(ways, times, streets, start), millimetres }
}

/** A street of the longest walk that another passes, not tried since the last success; to the shortest first. */
function nextMove(
  ways: StreetWays,
  shares: readonly Share[],
  from: number,
  start: number,
  tried: Set<string>,
) {
  const takers = shares
    .flatMap((share, at) => (at === from ? [] : [{ at, millimetres: share.millimetres }]))
    .sort((a, b) => a.millimetres - b.millimetres || a.at - b.at)
  for (const { at: to } of takers) {
    const passed = new Set([start])
    const pass = (street: number) => passed.add(ways.from[street]!).add(ways.to[street]!)
    for (const street of shares[to]!.streets) pass(street)
    for (const [street, times] of shares[to]!.deadHeads.entries()) if (times > 0) pass(street)
    for (const street of shares[from]!.streets) {
      const key = `${street} ${to}`
      if (tried.has(key) || !(passed.has(ways.from[street]!) || passed.has(ways.to[street]!))) continue
      tried.add(key)
      return { street, to }
    }
  }
  return undefined
}
