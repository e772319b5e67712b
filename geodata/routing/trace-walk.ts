import type { Random } from '../demo/random.ts'
import type { StreetWays } from './street-ways.ts'
import type { Step } from './streets-problem.ts'

/**
 * One closed walk from `start` over streets that hang together and meet evenly at each node: `times` by street, which it
 * uses up (Hierholzer, 1873). The first walk of a street in `required` counts, others are dead-head. `random` chooses
 * among the walks there are.
 */
export function traceWalk(
  ways: StreetWays,
  times: Int32Array,
  required: readonly number[],
  start: number,
  random?: Random,
): Step[] {
  const { links, linkStart } = ways
  const next = linkStart.slice()
  const order = random ? shuffleLinks(ways, random) : links
  const nodes = [start]
  const streets: number[] = []
  const walk: { street: number; into: number }[] = []
  while (nodes.length > 0) {
    const node = nodes[nodes.length - 1]!
    while (next[node]! < linkStart[node + 1]! && times[order[next[node]!]!] === 0) next[node]!++
    if (next[node]! < linkStart[node + 1]!) {
      const street = order[next[node]!]!
      times[street]!--
      streets.push(street)
      nodes.push(ways.across(street, node))
    } else {
      nodes.pop()
      const street = streets.pop()
      if (street !== undefined) walk.push({ street, into: node })
    }
  }
  const left = new Set(required)
  return walk.reverse().map(({ street, into }) => ({
    street,
    isBackward: ways.to[street] !== into,
    isDeadHead: !left.delete(street),
  }))
}

function shuffleLinks({ links, linkStart, nodeCount }: StreetWays, random: Random): Int32Array {
  const order = links.slice()
  for (let node = 0; node < nodeCount; node++)
    order.set(random.shuffle([...links.subarray(linkStart[node]!, linkStart[node + 1]!)]), linkStart[node]!)
  return order
}
