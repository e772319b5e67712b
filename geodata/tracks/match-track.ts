import { localPlane } from '../editing/local-plane.ts'
import { findPieces, type PathPiece } from '../network/find-path.ts'
import { snapToEach } from '../network/snap.ts'
import { alongEdge, metresTo, StreetSearch } from '../network/street-search.ts'
import type { SnappedPoint, WalkGraph } from '../network/walk-graph.ts'
import { dropSpurs } from './drop-spurs.ts'
import { type Fix, thinTrack } from './thin-track.ts'
import type { MatchedPiece, TrackPoint } from './track.ts'

export interface MatchOptions {
  /** Standard deviation of positions without an accuracy of their own, metres. */
  sigmaMetres?: number
  /** A position without a street so near is off the streets. */
  withinMetres?: number
}

export interface MatchedTrack {
  /** What was walked without a break; nothing is told of the time between two. */
  runs: { from: number; to: number; pieces: MatchedPiece[] }[]
  /** Along the streets, of all runs. */
  metres: number
  /** Positions that were left out: inaccurate, without a street near, or where no street leads on. */
  unmatched: number
}

const SIGMA = 8
const WITHIN = 40
/** Typical difference between the way along the streets and the straight one from position to position, metres. */
const BETA = 8
const MAX_CANDIDATES = 8
/** Between two positions further apart in time nothing is guessed. */
const GAP_MS = 120_000
/** Someone on foot, or on a bicycle, is not faster. */
const MAX_METRES_PER_SECOND = 8

/**
 * What a track covered of the streets. Hidden Markov model (Newson and Krumm, 2009): each position may lie on each street
 * near it, the less likely the further, and ways along the streets that differ from the straight one are less likely
 * again; the likeliest sequence is found by Viterbi's algorithm. Dense positions are averaged first. Where positions are
 * missing for two minutes, or no street leads on, the track is broken: what was not seen is not made up.
 */
export function matchTrack(
  graph: WalkGraph,
  points: readonly TrackPoint[],
  options: MatchOptions = {},
): MatchedTrack {
  const steps = matchTrackSteps(graph, points, options)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same in steps of a few milliseconds at most, for those who have other work meanwhile. */
export function* matchTrackSteps(
  graph: WalkGraph,
  points: readonly TrackPoint[],
  options: MatchOptions = {},
): Generator<void, MatchedTrack> {
  const { sigmaMetres = SIGMA, withinMetres = WITHIN } = options
  const { fixes, dropped } = thinTrack(points, sigmaMetres)
  const search = new StreetSearch(graph)
  const matched: MatchedTrack = { runs: [], metres: 0, unmatched: dropped }
  let lattice: Column[] = []
  const end = () => {
    const run = readRun(graph, search, lattice)
    if (run) {
      matched.runs.push(run)
      for (const piece of run.pieces)
        matched.metres += Math.abs(piece.toFraction - piece.fromFraction) * graph.edgeMetres[piece.edge]!
    }
    lattice = []
  }
  for (const fix of fixes) {
    yield
    const places = snapToEach(graph, fix.lngLat, Math.max(withinMetres, 3 * fix.sigmaMetres)).slice(
      0,
      MAX_CANDIDATES,
    )
    if (places.length === 0) {
      matched.unmatched += fix.count
      continue
    }
    const last = lattice.at(-1)
    const column =
      last && fix.at - last.fix.at <= GAP_MS ? follow(graph, search, last, fix, places) : undefined
    if (!column) end()
    lattice.push(column ?? { fix, places, scores: places.map((place) => emission(fix, place)), cameBy: [] })
  }
  end()
  return matched
}

interface Column {
  fix: Fix
  places: SnappedPoint[]
  /** Logarithm of the likelihood of the best sequence that ends here. */
  scores: number[]
  /** Which place of the column before it came by. */
  cameBy: number[]
}

const emission = ({ sigmaMetres }: Fix, { distanceMetres }: SnappedPoint): number =>
  -0.5 * (distanceMetres / sigmaMetres) ** 2

/** The next column; undefined when no street leads there in the time. */
function follow(
  graph: WalkGraph,
  search: StreetSearch,
  last: Column,
  fix: Fix,
  places: SnappedPoint[],
): Column | undefined {
  const [east, north] = localPlane(last.fix.lngLat).toMetres(fix.lngLat)
  const straight = Math.hypot(east, north)
  const seconds = (fix.at - last.fix.at) / 1000
  const limit = Math.min(3 * straight + 150, MAX_METRES_PER_SECOND * seconds + 30)
  const scores = places.map(() => Number.NEGATIVE_INFINITY)
  const cameBy = places.map(() => -1)
  for (const [from, place] of last.places.entries()) {
    const score = last.scores[from]!
    if (score === Number.NEGATIVE_INFINITY) continue
    search.clear()
    search.startAt(place)
    while (search.settledMetres <= limit && search.settle() >= 0);
    for (const [to, next] of places.entries()) {
      const metres = Math.min(alongEdge(graph, place, next), metresTo(graph, search, next))
      if (metres > limit) continue
      const candidate = score - Math.abs(metres - straight) / BETA + emission(fix, next)
      if (candidate > scores[to]!) {
        scores[to] = candidate
        cameBy[to] = from
      }
    }
  }
  return cameBy.some((from) => from >= 0) ? { fix, places, scores, cameBy } : undefined
}

/** The likeliest sequence, as the ways between its places; undefined for a single position. */
function readRun(
  graph: WalkGraph,
  search: StreetSearch,
  lattice: Column[],
): MatchedTrack['runs'][number] | undefined {
  const last = lattice.at(-1)
  if (!last || lattice.length < 2) return undefined
  let at = last.scores.indexOf(Math.max(...last.scores))
  const chosen: { fix: Fix; place: SnappedPoint }[] = []
  for (let column = lattice.length - 1; column >= 0; column--) {
    const { fix, places, cameBy } = lattice[column]!
    chosen.push({ fix, place: places[at]! })
    at = cameBy[at] ?? -1
  }
  chosen.reverse()
  const pieces: MatchedPiece[] = []
  for (let step = 1; step < chosen.length; step++) {
    const [before, after] = [chosen[step - 1]!, chosen[step]!]
    const found = findPieces(graph, before.place, after.place, search)
    if (found) pieces.push(...timed(graph, found, before.fix.at, after.fix.at))
  }
  return { from: chosen[0]!.fix.at, to: last.fix.at, pieces: dropSpurs(graph, pieces) }
}

/** Moments by the share of the way. */
function timed(
  graph: WalkGraph,
  { metres, pieces }: { metres: number; pieces: PathPiece[] },
  from: number,
  to: number,
): MatchedPiece[] {
  let behind = 0
  const moment = () => (metres === 0 ? from : from + (behind / metres) * (to - from))
  return pieces.map((piece) => {
    const begun = moment()
    behind += Math.abs(piece.toFraction - piece.fromFraction) * graph.edgeMetres[piece.edge]!
    return { ...piece, from: begun, to: moment() }
  })
}
