import { guardXml, type TextReader } from '../exchange/guard-xml.ts'
import type { LngLat } from '../shared/geojson.ts'
import { Problem } from '../shared/problem.ts'
import type { TrackPoint } from './track.ts'

export interface GpxTrack {
  /** In the order of the file. */
  points: TrackPoint[]
  /** What was left out, and why. */
  skipped: { withoutTime: number; withoutPosition: number }
}

/** A month of positions each second would be more than any shift. */
const MAX_POINTS = 500_000
/** Metres a unit of dilution of precision stands for: the receiver's own error. */
const METRES_PER_HDOP = 5

/**
 * Reads the tracks of a GPX file (1.0 or 1.1) given in pieces. Positions need a time to tell of a walk; those without are
 * counted and left out, so are impossible ones. `finish` throws `unreadable-file` for what is not XML, `unsupported-format`
 * for XML that is not GPX, `invalid-body` when no position with a time is left, saying what the file has instead.
 */
export function gpxReader(): TextReader & { finish(): GpxTrack } {
  const points: TrackPoint[] = []
  const skipped = { withoutTime: 0, withoutPosition: 0 }
  const others = { wpt: 0, rtept: 0 }
  let point: { lngLat: LngLat | undefined; at: number; hdop: number } | undefined
  let text = ''
  const reader = guardXml({
    format: 'GPX',
    maxDepth: 30,
    open({ name, attributes }, depth) {
      const tag = local(name)
      if (depth === 0 && tag !== 'gpx')
        throw new Problem(
          'unsupported-format',
          `The file is XML with the root <${name.slice(0, 40)}>, expected <gpx>. Export the track as GPX.`,
        )
      if (tag === 'trkpt')
        point = { lngLat: position(attributes.lon, attributes.lat), at: Number.NaN, hdop: Number.NaN }
      else if (tag === 'wpt' || tag === 'rtept') others[tag]++
      text = ''
    },
    text(piece) {
      if (point) text += piece
    },
    close(name) {
      if (!point) return
      const tag = local(name)
      if (tag === 'time') point.at = instant(text)
      else if (tag === 'hdop') point.hdop = Number(text.trim() || Number.NaN)
      else if (tag === 'trkpt') {
        add(point)
        point = undefined
      }
    },
  })

  function add({ lngLat, at, hdop }: NonNullable<typeof point>): void {
    if (!lngLat) skipped.withoutPosition++
    else if (Number.isNaN(at)) skipped.withoutTime++
    else if (points.length === MAX_POINTS)
      throw new Problem(
        'too-large',
        `The file has more than ${MAX_POINTS} positions. Give the track of one shift.`,
      )
    else points.push(hdop > 0 ? { at, lngLat, accuracyMetres: hdop * METRES_PER_HDOP } : { at, lngLat })
  }

  return {
    ...reader,
    finish() {
      reader.end()
      if (points.length > 0) return { points, skipped }
      const { withoutTime, withoutPosition } = skipped
      const instead = [
        withoutTime > 0 ? `${withoutTime} positions without a time` : undefined,
        withoutPosition > 0 ? `${withoutPosition} without a possible longitude and latitude` : undefined,
        others.rtept > 0 ? `a planned route of ${others.rtept} points` : undefined,
        others.wpt > 0 ? `${others.wpt} waypoints` : undefined,
      ].filter((part) => part !== undefined)
      throw new Problem(
        'invalid-body',
        `The file has no position of a track with a time; it has ${instead.join(', ') || 'no track at all'}. ` +
          'Give the track that was recorded, with times.',
      )
    },
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

function position(lon: string | undefined, lat: string | undefined): LngLat | undefined {
  const [lng, latitude] = [lon, lat].map((text) => (text?.trim() ? Number(text) : Number.NaN)) as [
    number,
    number,
  ]
  return Math.abs(lng) <= 180 && Math.abs(latitude) <= 90 ? [lng, latitude] : undefined
}

/** Times without a zone are UTC in GPX. */
function instant(text: string): number {
  const trimmed = text.trim()
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(trimmed)) return Number.NaN
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(trimmed) ? trimmed : `${trimmed}Z`)
}
