import { createRandom } from '../demo/random.ts'

/** With the dial at 1 a way seems up to so many times as long, or as short, as it is. */
const MOST = 3

/**
 * What ways seem to cost, so that another seed gives another plan: each cost times a factor between 1/3 and 3 at a dial of
 * 1, closer to 1 below, and exactly 1 at 0. Both senses of a way have one factor, so a symmetric matrix (n × n, row-major)
 * stays so; 0 and Infinity stay. For the objective alone: whether a plan holds is told by the true seconds.
 *
 * The factor of a way hangs on the seed and the numbers of its ends: further places leave those before them as they were.
 * RangeError: a dial outside 0–1.
 */
export function varyCosts(costs: Float64Array, n: number, dial: number, seed: number): Float64Array {
  if (!(dial >= 0 && dial <= 1)) throw new RangeError(`The dial is at ${dial}; expected 0 to 1.`)
  const varied = costs.slice()
  if (dial === 0) return varied
  const reach = dial * Math.log(MOST)
  for (let a = 1; a < n; a++) {
    const random = createRandom(seed, a)
    for (let b = 0; b < a; b++) {
      const factor = Math.exp(reach * random.between(-1, 1))
      varied[a * n + b]! *= factor
      varied[b * n + a]! *= factor
    }
  }
  return varied
}
