import { expect, test } from 'vitest'
import { Problem } from '../shared/problem.ts'
import { gpxReader } from './read-gpx.ts'

function read(text: string, piece = 7) {
  const reader = gpxReader()
  for (let at = 0; at < text.length; at += piece) reader.write(text.slice(at, at + piece))
  return reader.finish()
}
const gpx = (inside: string) => `<?xml version="1.0"?><gpx version="1.1">${inside}</gpx>`
const trk = (points: string) => gpx(`<trk><name>晚间</name><trkseg>${points}</trkseg></trk>`)
const problemOf = (text: string): string => {
  try {
    read(text)
    return 'none'
  } catch (error) {
    if (error instanceof Problem) return `${error.code}: ${error.message}`
    throw error
  }
}

test('positions with times, zones and dilution, in pieces however small', () => {
  const text = trk(
    '<trkpt lat="31.28" lon="121.5"><ele>4</ele><time>2026-11-21T18:00:00.5+08:00</time><hdop>1.5</hdop></trkpt>' +
      '<trkpt lon="121.5001" lat="31.2801"><time> 2026-11-21T10:00:10Z </time></trkpt>' +
      '<trkpt lon="121.5002" lat="31.2802"><time>2026-11-21T10:00:20</time></trkpt>',
  )
  for (const piece of [1, 7, 100_000])
    expect(read(text, piece)).toEqual({
      points: [
        { at: Date.UTC(2026, 10, 21, 10, 0, 0, 500), lngLat: [121.5, 31.28], accuracyMetres: 7.5 },
        { at: Date.UTC(2026, 10, 21, 10, 0, 10), lngLat: [121.5001, 31.2801] },
        { at: Date.UTC(2026, 10, 21, 10, 0, 20), lngLat: [121.5002, 31.2802] },
      ],
      skipped: { withoutTime: 0, withoutPosition: 0 },
    })
})

test('prefixed names are GPX as well', () => {
  expect(
    read(
      '<g:gpx xmlns:g="http://www.topografix.com/GPX/1/1"><g:trk><g:trkseg><g:trkpt lat="1" lon="2"><g:time>2026-01-01T00:00:00Z</g:time></g:trkpt></g:trkseg></g:trk></g:gpx>',
    ).points,
  ).toHaveLength(1)
})

test('what has no time or no possible place is left out and counted', () => {
  const time = '<time>2026-11-21T10:00:00Z</time>'
  expect(
    read(
      trk(
        `<trkpt lat="31" lon="121">${time}</trkpt><trkpt lat="31" lon="121"/><trkpt lat="91" lon="121">${time}</trkpt>` +
          `<trkpt lat="" lon="121">${time}</trkpt><trkpt lat="31" lon="121"><time>yesterday</time></trkpt>`,
      ),
    ),
  ).toMatchObject({ points: [{}], skipped: { withoutTime: 2, withoutPosition: 2 } })
})

test('files without a walk say what they have instead', () => {
  expect(problemOf(gpx(''))).toContain('it has no track at all')
  expect(problemOf(trk(''))).toContain('it has no track at all')
  expect(problemOf(gpx('<rte><rtept lat="1" lon="2"/><rtept lat="1" lon="2"/></rte>'))).toContain(
    'a planned route of 2 points',
  )
  expect(problemOf(gpx('<wpt lat="1" lon="2"/>'))).toContain('1 waypoints')
  expect(problemOf(trk('<trkpt lat="1" lon="2"/>'))).toContain('1 positions without a time')
})

test('what is not GPX, not XML, cut off, too deep or a bomb is refused with a reason', () => {
  expect(problemOf('<kml></kml>')).toMatch(/^unsupported-format: .*<kml>, expected <gpx>/)
  expect(problemOf('{"type":"FeatureCollection"}')).toMatch(/^unreadable-file/)
  expect(problemOf('')).toMatch(/^unreadable-file/)
  expect(problemOf(gpx('<trk>').slice(0, -6))).toMatch(/^unreadable-file/)
  expect(problemOf('<!DOCTYPE gpx [<!ENTITY a "b">]><gpx/>')).toMatch(/^unreadable-file: .*DOCTYPE/)
  expect(problemOf(`<gpx>${'<a>'.repeat(200_000)}`)).toMatch(/^unreadable-file: .*nested/)
})
