import { expect, test } from 'vitest'
import { localPlane } from '../editing/local-plane.ts'
import type { LngLat } from '../shared/geojson.ts'
import { findVisits } from './find-visits.ts'
import type { TrackPoint } from './track.ts'

const SITE: LngLat = [121.5, 31.28]
const { toLngLat } = localPlane(SITE)
const target = { lngLat: SITE, dwellSeconds: 60 }
/** Positions [seconds, metres east] on a street that passes the site. */
const track = (...seen: [seconds: number, east: number, accuracy?: number][]): TrackPoint[] =>
  seen.map(([seconds, east, accuracyMetres]) => ({
    at: seconds * 1000,
    lngLat: toLngLat([east, 0]),
    accuracyMetres,
  }))

test('someone who stops for long enough visited; the time is cut where the circle is', () => {
  // 1 m/s up to the site, 60 s there, 1 m/s on: inside from −30 m to +30 m.
  const points = track([0, -50], [50, 0], [110, 0], [160, 50])
  const { state, visits } = findVisits(points, target)
  expect(state).toBe('visited')
  expect(visits).toHaveLength(1)
  expect(visits[0]!.from / 1000).toBeCloseTo(20, 3)
  expect(visits[0]!.to / 1000).toBeCloseTo(140, 3)
  expect(visits[0]!.seconds).toBeCloseTo(120, 3)
})

test('someone who walks past was probably there, and 31 m away is not there', () => {
  expect(findVisits(track([0, -50], [50, 0], [100, 50]), { ...target, dwellSeconds: 90 }).state).toBe(
    'probable',
  )
  const past = (north: number) =>
    track([0, -50], [50, 0], [100, 50]).map(({ at }, n) => ({ at, lngLat: toLngLat([-50 + n * 50, north]) }))
  expect(findVisits(past(29.9), target).passes).toHaveLength(1)
  expect(findVisits(past(30.1), target).state).toBe('missed')
})

test('two short stays within two minutes are one; a longer absence begins another', () => {
  const twice = (absence: number) =>
    track([0, 0], [40, 0], [41, 100], [40 + absence - 1, 100], [40 + absence, 0], [80 + absence, 0])
  expect(findVisits(twice(60), target).state).toBe('visited')
  expect(findVisits(twice(60), target).visits).toHaveLength(1)
  const apart = findVisits(
    track([0, 0], [40, 0], [41, 100], [100, 100], [160, 100], [200, 100], [201, 0], [241, 0]),
    target,
  )
  expect([apart.state, apart.passes.length]).toEqual(['probable', 2])
})

test('repeats within the time to merge count once', () => {
  const points = track([0, 0], [60, 0], [90, 200], [150, 200], [210, 200], [240, 0], [300, 0])
  expect(findVisits(points, { ...target, mergeSeconds: 0 }).visits).toHaveLength(2)
  expect(findVisits(points, { ...target, mergeSeconds: 600 }).visits).toHaveLength(1)
})

test('positions that are missing are unknown where someone could have been, and missed where not', () => {
  // Ten minutes unseen, 200 m away: time enough to go there and back.
  expect(findVisits(track([0, 200], [600, 200]), target).state).toBe('unknown')
  // Ten minutes unseen, 2 km away: not.
  expect(findVisits(track([0, 2000], [600, 2000]), target).state).toBe('missed')
  expect(findVisits(track([0, 200], [30, 200], [60, 200]), target).state).toBe('missed')
  expect(findVisits([], target).state).toBe('unknown')
})

test('a shift that began before the first position, or went on behind the last, is unknown too', () => {
  const points = track([600, 200], [630, 200])
  expect(findVisits(points, target, 0, 630_000).state).toBe('unknown')
  expect(findVisits(points, target, 600_000, 1_200_000).state).toBe('unknown')
  expect(findVisits(points, target, 600_000, 630_000).state).toBe('missed')
})

test('an inaccurate position near the site is no visit and no proof of a miss', () => {
  const points = track([0, 500], [30, 60, 80], [60, 500])
  expect(findVisits(points, target)).toMatchObject({ state: 'unknown', visits: [], passes: [] })
})

test('silence inside the circle is not counted as time there', () => {
  expect(findVisits(track([0, 0], [600, 0]), target).state).toBe('probable')
})
