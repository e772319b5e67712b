import type { StreetsProblem, StreetWalks } from './streets-problem.ts'

export interface WalkFault {
  walker?: number
  street?: number
  kind:
    | 'unknown'
    | 'gap'
    | 'not-at-start'
    | 'not-closed'
    | 'twice'
    | 'missing'
    | 'not-required'
    | 'reachable'
    | 'walkers'
    | 'metres'
    | 'bound'
}

const TOLERANCE = 1e-6

/**
 * Follows walks step by step and tells what does not hold: steps that do not meet, a street to be walked that is walked by
 * none or counted twice, sums that are wrong, a street called unreached that has a way to those that are walked. Written
 * apart from the solver on purpose: it shares nothing with it but the problem.
 */
export function checkWalk(
  problem: StreetsProblem,
  { walks, unreached, boundMetres }: StreetWalks,
): WalkFault[] {
  const faults: WalkFault[] = []
  const { streets, start, walkers = 1 } = problem
  if (walks.length !== walkers) faults.push({ kind: 'walkers' })
  const counted = streets.map(() => 0)
  for (const [walker, walk] of walks.entries()) {
    let metres = 0
    let deadHeadMetres = 0
    let first: number | undefined
    let here: number | undefined
    for (const { street, isBackward, isDeadHead } of walk.steps) {
      const found = streets[street]
      if (!found) {
        faults.push({ walker, street, kind: 'unknown' })
        continue
      }
      const [begin, end] = isBackward ? [found.to, found.from] : [found.from, found.to]
      if (here !== undefined && here !== begin) faults.push({ walker, street, kind: 'gap' })
      first ??= begin
      here = end
      metres += found.metres
      if (isDeadHead) deadHeadMetres += found.metres
      else if (found.isRequired === false) faults.push({ walker, street, kind: 'not-required' })
      else counted[street]!++
    }
    if (first !== undefined && start !== undefined && first !== start)
      faults.push({ walker, kind: 'not-at-start' })
    // Several walkers without a start may end where they like.
    if (first !== here && (start !== undefined || walkers === 1)) faults.push({ walker, kind: 'not-closed' })
    const isRight =
      Math.abs(metres - walk.metres) + Math.abs(deadHeadMetres - walk.deadHeadMetres) <= TOLERANCE
    if (!isRight) faults.push({ walker, kind: 'metres' })
  }
  const isUnreached = new Set(unreached)
  for (const [street, times] of counted.entries()) {
    if (times > 1 || (times > 0 && isUnreached.has(street))) faults.push({ street, kind: 'twice' })
    if (times === 0 && streets[street]!.isRequired !== false && !isUnreached.has(street))
      faults.push({ street, kind: 'missing' })
  }
  const near = reachable(problem, walks)
  for (const street of unreached) {
    const found = streets[street]
    if (!found || found.isRequired === false) faults.push({ street, kind: 'unknown' })
    else if (near.has(found.from)) faults.push({ street, kind: 'reachable' })
  }
  // The bound is of streets in whole millimetres.
  const slack = TOLERANCE + 0.0005 * walks.reduce((sum, { steps }) => sum + steps.length, 0)
  if (boundMetres > Math.max(0, ...walks.map(({ metres }) => metres)) + slack) faults.push({ kind: 'bound' })
  return faults
}

/** The nodes that can be walked to from the start, or from where the walks begin. */
function reachable({ nodeCount, streets, start }: StreetsProblem, walks: StreetWalks['walks']): Set<number> {
  const beside: number[][] = Array.from({ length: nodeCount }, () => [])
  for (const { from, to } of streets) {
    beside[from]!.push(to)
    beside[to]!.push(from)
  }
  const begin = start ?? streets[walks.find(({ steps }) => steps.length > 0)?.steps[0]?.street ?? -1]?.from
  const queue = begin === undefined ? [] : [begin]
  const reached = new Set(queue)
  for (let node = queue.pop(); node !== undefined; node = queue.pop())
    for (const other of beside[node]!) {
      if (reached.has(other)) continue
      reached.add(other)
      queue.push(other)
    }
  return reached
}
