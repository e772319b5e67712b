import { isOversize, type PartitionProblem } from './partition.ts'

export type Searched =
  | { found: Int32Array }
  /** Every way was tried: there is none. */
  | { tried: number; found?: undefined }
  /** Given up before the end. */
  | 'given-up'

/**
 * Looks through all partitions into connected cells within the band, in order, until one fits or none is left: a proof.
 * What remains must at every step be able to make up whole cells by its sums. `steps`: how many sets of atoms may be
 * looked at. A cell with an atom above the maximum may hold anything.
 */
export function searchAll({ graph, weights, band, count }: PartitionProblem, steps: number): Searched {
  const n = weights.length
  const part = new Int32Array(n).fill(-1)
  const { start, neighbour } = graph
  let left = steps
  let tried = 0

  const remainderFits = (cells: number): boolean => {
    const seen = new Uint8Array(n)
    let fewest = 0
    let most = 0
    for (let first = 0; first < n; first++) {
      if (part[first] !== -1 || seen[first]) continue
      let weight = 0
      let hasOversize = false
      const stack = [first]
      seen[first] = 1
      for (let atom = stack.pop(); atom !== undefined; atom = stack.pop()) {
        weight += weights[atom]!
        hasOversize ||= isOversize(weights[atom]!, band)
        for (let row = start[atom]!; row < start[atom + 1]!; row++) {
          const other = neighbour[row]!
          if (part[other] !== -1 || seen[other]) continue
          seen[other] = 1
          stack.push(other)
        }
      }
      const low = hasOversize ? 1 : Math.max(1, Math.ceil(weight / band.max))
      const high = band.min > 0 && !hasOversize ? Math.floor(weight / band.min) : n
      if (low > high) return false
      fewest += low
      most += high
    }
    return count === undefined || (cells + fewest <= count && count <= cells + most)
  }

  /** 1: found, 0: none from here on, −1: given up. */
  const fill = (cells: number): 1 | 0 | -1 => {
    const root = part.indexOf(-1)
    if (root < 0) return count === undefined || cells === count ? 1 : 0
    if (count !== undefined && cells >= count) return 0
    const excluded = new Uint8Array(n)
    const grow = (weight: number, hasOversize: boolean, frontier: number[]): 1 | 0 | -1 => {
      if (left-- <= 0) return -1
      tried++
      if (hasOversize || (weight >= band.min && weight <= band.max)) {
        if (remainderFits(cells + 1)) {
          const deeper = fill(cells + 1)
          if (deeper !== 0) return deeper
        }
      }
      // Each neighbour is either taken now or not in this branch at all.
      const banned: number[] = []
      let answer: 1 | 0 | -1 = 0
      for (let i = 0; i < frontier.length && answer === 0; i++) {
        const atom = frontier[i]!
        if (part[atom] !== -1 || excluded[atom]) continue
        const heavy = isOversize(weights[atom]!, band)
        excluded[atom] = 1
        banned.push(atom)
        if (!heavy && !hasOversize && weight + weights[atom]! > band.max && !couldHoldOversize) continue
        part[atom] = cells
        const more = frontier.slice(i + 1)
        for (let row = start[atom]!; row < start[atom + 1]!; row++) {
          const other = neighbour[row]!
          if (part[other] === -1 && !excluded[other]) more.push(other)
        }
        answer = grow(weight + weights[atom]!, hasOversize || heavy, more)
        if (answer !== 1) part[atom] = -1
      }
      for (const atom of banned) excluded[atom] = 0
      return answer
    }
    part[root] = cells
    const frontier: number[] = []
    for (let row = start[root]!; row < start[root + 1]!; row++)
      if (part[neighbour[row]!] === -1) frontier.push(neighbour[row]!)
    const answer = grow(weights[root]!, isOversize(weights[root]!, band), frontier)
    if (answer !== 1) part[root] = -1
    return answer
  }
  const couldHoldOversize = weights.some((weight) => isOversize(weight, band))

  const answer = fill(0)
  return answer === 1 ? { found: part } : answer === 0 ? { tried } : 'given-up'
}
