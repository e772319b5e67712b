export interface BorderProblem {
  /** The border is a closed line of so many metres, measured from anywhere on it. */
  metres: number
  /** Who walks at the same time. */
  walkers: number
  metresPerMinute: number
  /** Seconds of a clock that starts anywhere: from when until when somebody walks. */
  from: number
  to: number
  /** Length of a shift. Left out: one shift for all the time. The last one is cut off at the end. */
  shiftSeconds?: number | undefined
  /** Where the first walker sets out, metres along the border. Left out: at 0. */
  startMetres?: number | undefined
  /** Against the sense in which the border is measured. */
  isBackward?: boolean | undefined
}

export interface BorderWalk {
  /** 0 … walkers − 1: a place in the row of walkers, taken by another person each shift. */
  walker: number
  shift: number
  from: number
  to: number
  /** Where on the border the shift is taken over and handed on, 0 ≤ … < metres of the border. */
  startMetres: number
  endMetres: number
  /** Walked in the shift. */
  metres: number
  laps: number
}

export interface BorderWalks {
  /** Shift by shift, in each the walkers in order. */
  walks: BorderWalk[]
  /** Seconds from one pass of a place to the next. */
  worstIdleSeconds: number
  /** The time since the last pass, mean over time. */
  meanIdleSeconds: number
}

/** A plan of more walks is a mistake in a unit. */
const MOST_WALKS = 100_000

/**
 * A border walked round the clock. Walkers at equal distances go round one way at one pace; each is relieved on the spot
 * where the shift ends, so the distances stay. Every place is passed every L/(kv), and at any moment the last pass is half
 * of that ago on average: the closed form for k equally spaced walkers on a cycle of length L.
 *
 * RangeError: no border, walker, pace, time or shift, or more than 100,000 walks.
 */
export function walkBorder(problem: BorderProblem): BorderWalks {
  const { metres, walkers, metresPerMinute, from, to, startMetres = 0, isBackward = false } = problem
  expectPositive('The border has', metres, 'metres')
  expectPositive('The pace is', metresPerMinute, 'metres per minute')
  expectPositive('The time is', to - from, 'seconds')
  const shiftSeconds = problem.shiftSeconds ?? to - from
  expectPositive('A shift has', shiftSeconds, 'seconds')
  if (!Number.isInteger(walkers) || walkers < 1)
    throw new RangeError(`${walkers} walkers; expected a whole number, 1 or more.`)
  if (!Number.isFinite(startMetres))
    throw new RangeError(`The start is at ${startMetres} metres; expected a finite number.`)
  const count = Math.ceil((to - from) / shiftSeconds)
  if (count * walkers > MOST_WALKS)
    throw new RangeError(`${count} shifts of ${walkers} walkers; expected ${MOST_WALKS} walks or fewer.`)

  const speed = metresPerMinute / 60
  const sense = isBackward ? -1 : 1
  const placeAt = (walker: number, time: number) => {
    const place = (startMetres + (metres * walker) / walkers + sense * speed * (time - from)) % metres
    return place < 0 ? place + metres : place
  }
  const walks: BorderWalk[] = []
  for (let shift = 0; shift < count; shift++) {
    const begin = from + shift * shiftSeconds
    const end = Math.min(to, begin + shiftSeconds)
    for (let walker = 0; walker < walkers; walker++)
      walks.push({
        walker,
        shift,
        from: begin,
        to: end,
        startMetres: placeAt(walker, begin),
        endMetres: placeAt(walker, end),
        metres: speed * (end - begin),
        laps: (speed * (end - begin)) / metres,
      })
  }
  const worstIdleSeconds = metres / (walkers * speed)
  return { walks, worstIdleSeconds, meanIdleSeconds: worstIdleSeconds / 2 }
}

function expectPositive(what: string, figure: number, unit: string): void {
  if (!(figure > 0 && figure < Number.POSITIVE_INFINITY))
    throw new RangeError(`${what} ${figure} ${unit}; expected a finite number above 0.`)
}
