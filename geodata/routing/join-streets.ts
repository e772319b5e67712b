import { createRandom, type Random } from '../demo/random.ts'
import { DisjointSets } from './disjoint-sets.ts'
import { matchPairs } from './match-pairs.ts'
import type { StreetWays } from './street-ways.ts'

export interface JoinedStreets {
  /** By street: how often it is walked on the way only. With the streets to be walked, one closed walk. */
  deadHeads: Int32Array
  /** Of the whole walk. */
  millimetres: number
  /** No closed walk is shorter than this. */
  bound: number
  isExact: boolean
}

/** Above so many odd nodes, pairs are made along a tree: no longer the best. */
const MOST_ODD = 3000
/** Ways to join streets that are apart, besides the plain two, while pairing is cheap. */
const TRIES = 12
const CHEAP_ODD = 60
/** How far a try may lengthen or shorten a joining way in its eyes. */
const NOISE = 0.6

/**
 * What has to be walked twice, or on the way, so that streets of one part of the network become one closed walk through
 * `start`. Streets that hang together: exact (Edmonds and Johnson, 1973), the odd nodes are paired at least cost. Apart:
 * the rural postman, which is NP-hard. They are joined by a minimum spanning tree over shortest ways (Frederickson, 1979),
 * before the pairing or after it, and with costs jolted by a fixed seed; two walks too many of a street are taken out; the
 * shortest counts. The bound leaves the joining out.
 */
export function joinStreets(
  ways: StreetWays,
  required: readonly number[],
  start: number | undefined,
): JoinedStreets {
  const own = required.reduce((sum, street) => sum + ways.millimetres[street]!, 0)
  const count = () => new Int32Array(ways.millimetres.length)
  if (required.length === 0) return { deadHeads: count(), millimetres: 0, bound: 0, isExact: true }
  const paired = count()
  const isPairingExact = pairOdd(ways, required, paired)
  const bound = isPairingExact ? own + total(ways, paired) : own
  const answer = (deadHeads: Int32Array, isExact: boolean) => {
    const millimetres = own + total(ways, deadHeads)
    return { deadHeads, millimetres, bound, isExact: isExact || (isPairingExact && millimetres === bound) }
  }
  const groups = groupNodes(ways, required, undefined, start)
  if (groups.count === 1) return answer(paired, isPairingExact)

  const plans: Int32Array[] = []
  const joinFirst = (random?: Random) => {
    const deadHeads = count()
    joinGroups(ways, groups, deadHeads, random)
    pairOdd(ways, required, deadHeads)
    plans.push(deadHeads)
  }
  joinFirst()
  const pairedFirst = paired.slice()
  const left = groupNodes(ways, required, pairedFirst, start)
  const joins = count()
  joinGroups(ways, left, joins)
  for (const [street, times] of joins.entries()) pairedFirst[street]! += 2 * times
  plans.push(pairedFirst)
  if (groups.count > 2 && oddNodes(ways, required, count()).length <= CHEAP_ODD)
    for (let attempt = 0; attempt < TRIES; attempt++) joinFirst(createRandom(attempt, required.length))
  for (const plan of plans) takeOutPairs(ways, required, plan, start)
  return answer(
    plans.reduce((best, plan) => (total(ways, plan) < total(ways, best) ? plan : best)),
    false,
  )
}

function total(ways: StreetWays, deadHeads: Int32Array): number {
  let sum = 0
  for (const [street, times] of deadHeads.entries()) sum += times * ways.millimetres[street]!
  return sum
}

function oddNodes(ways: StreetWays, required: readonly number[], deadHeads: Int32Array): number[] {
  const isOdd = new Uint8Array(ways.nodeCount)
  const walk = (street: number) => {
    isOdd[ways.from[street]!]! ^= 1
    isOdd[ways.to[street]!]! ^= 1
  }
  for (const street of required) walk(street)
  for (const [street, times] of deadHeads.entries()) if (times % 2 === 1) walk(street)
  const odd: number[] = []
  for (const [node, flag] of isOdd.entries()) if (flag) odd.push(node)
  return odd
}

/** Walks ways between pairs of odd nodes until none is odd. True: at least cost. */
function pairOdd(ways: StreetWays, required: readonly number[], deadHeads: Int32Array): boolean {
  const odd = oddNodes(ways, required, deadHeads)
  if (odd.length === 0) return true
  if (odd.length > MOST_ODD) {
    pairAlongTree(ways, odd, deadHeads)
    return false
  }
  const pairs = matchPairs(ways.matrix(odd), odd.length)
  if (!pairs) throw new Error('Streets of several parts of the network cannot be one walk.')
  const walked = new Uint8Array(deadHeads.length)
  for (const [at, partner] of pairs.partner.entries()) {
    if (partner < at) continue
    ways.search([odd[at]!], new Set([odd[partner]!]))
    // Ways of equal length may meet: a street of two ways is needed by neither.
    for (const street of ways.pathTo(odd[partner]!)) walked[street]! ^= 1
  }
  for (const [street, flag] of walked.entries()) deadHeads[street]! += flag
  return true
}

/** A street of a tree of shortest ways is walked if an odd number of odd nodes hangs on it. */
function pairAlongTree(ways: StreetWays, odd: readonly number[], deadHeads: Int32Array): void {
  ways.search([odd[0]!])
  const isOdd = new Uint8Array(ways.nodeCount)
  for (const node of odd) isOdd[node] = 1
  const below = childrenFirst(ways)
  for (const node of below) {
    const street = ways.via[node]!
    if (!isOdd[node] || street < 0) continue
    deadHeads[street]!++
    isOdd[ways.across(street, node)]! ^= 1
  }
}

/** The nodes that the last search reached, each before the one it was reached from; lengths may be 0. */
function childrenFirst(ways: StreetWays): number[] {
  const waiting = new Int32Array(ways.nodeCount)
  const reached: number[] = []
  for (let node = 0; node < ways.nodeCount; node++) {
    if (ways.distance[node] === Number.POSITIVE_INFINITY) continue
    reached.push(node)
    if (ways.via[node]! >= 0) waiting[ways.across(ways.via[node]!, node)]!++
  }
  const order = reached.filter((node) => waiting[node] === 0)
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!
    if (ways.via[node]! < 0) continue
    const parent = ways.across(ways.via[node]!, node)
    if (--waiting[parent]! === 0) order.push(parent)
  }
  return order
}

interface Groups {
  sets: DisjointSets
  /** Nodes that the walk has to touch. */
  nodes: number[]
  count: number
}

/** Which nodes hang together by streets that are walked. */
function groupNodes(
  ways: StreetWays,
  required: readonly number[],
  deadHeads: Int32Array | undefined,
  start: number | undefined,
): Groups {
  const sets = new DisjointSets(ways.nodeCount)
  const touched = new Set<number>(start === undefined ? [] : [start])
  const walk = (street: number) => {
    touched.add(ways.from[street]!)
    touched.add(ways.to[street]!)
    sets.join(ways.from[street]!, ways.to[street]!)
  }
  for (const street of required) walk(street)
  if (deadHeads) for (const [street, times] of deadHeads.entries()) if (times > 0) walk(street)
  const nodes = [...touched]
  return { sets, nodes, count: new Set(nodes.map((node) => sets.find(node))).size }
}

/**
 * Adds the ways of a minimum spanning tree of the groups. Mehlhorn (1988): it is enough to look at streets between the
 * surroundings of two groups, found by one search from all.
 */
function joinGroups(ways: StreetWays, { sets, nodes }: Groups, deadHeads: Int32Array, random?: Random): void {
  ways.search(nodes)
  const { from, to, source, distance } = ways
  const bridges: { street: number; cost: number }[] = []
  for (let street = 0; street < from.length; street++) {
    const [a, b] = [from[street]!, to[street]!]
    if (distance[a] === Number.POSITIVE_INFINITY || sets.find(source[a]!) === sets.find(source[b]!)) continue
    const cost = distance[a]! + ways.millimetres[street]! + distance[b]!
    bridges.push({ street, cost: random ? cost * random.between(1 - NOISE, 1 + NOISE) : cost })
  }
  bridges.sort((a, b) => a.cost - b.cost || a.street - b.street)
  const joined = new DisjointSets(ways.nodeCount)
  for (const { street } of bridges) {
    const [a, b] = [from[street]!, to[street]!]
    if (!joined.join(sets.find(source[a]!), sets.find(source[b]!))) continue
    for (const walked of [...ways.pathTo(a), street, ...ways.pathTo(b)]) deadHeads[walked]!++
  }
}

/** Two walks of a street change no node's parity: they go unless the walk would fall apart. The longest first. */
function takeOutPairs(
  ways: StreetWays,
  required: readonly number[],
  deadHeads: Int32Array,
  start: number | undefined,
): void {
  const isRequired = new Set(required)
  const doubled: number[] = []
  for (const [street, times] of deadHeads.entries()) {
    if (times < 2) continue
    const spare = isRequired.has(street) ? 0 : 2 - (times % 2)
    deadHeads[street] = Math.min(times, isRequired.has(street) ? times % 2 : spare)
    if (spare === 2) doubled.push(street)
  }
  doubled.sort((a, b) => ways.millimetres[b]! - ways.millimetres[a]! || a - b)
  const { count } = groupNodes(ways, required, deadHeads, start)
  for (const street of doubled) {
    deadHeads[street] = 0
    // A node that only this street touched leaves the walk, which is no loss.
    if (groupNodes(ways, required, deadHeads, start).count > count) deadHeads[street] = 2
  }
}
