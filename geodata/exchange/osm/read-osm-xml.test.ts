import { expect, test } from 'vitest'
import { Problem } from '../../shared/problem.ts'
import { OsmData } from './osm-data.ts'
import { osmXmlReader } from './read-osm-xml.ts'

function problemOf(...pieces: string[]): Problem | undefined {
  try {
    const reader = osmXmlReader(new OsmData())
    for (const piece of pieces) reader.write(piece)
    reader.end()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  return undefined
}

test.each([
  ['entity expansion', '<!DOCTYPE osm [<!ENTITY a "aa">]><osm>&a;</osm>', /DOCTYPE/],
  ['an external entity', '<!DOCTYPE osm SYSTEM "file:///etc/passwd"><osm/>', /DOCTYPE/],
  ['an undefined entity', '<osm>&lol;</osm>', /well-formed/],
  ['a file cut short', '<osm><node id="1" lat="1"', /well-formed/],
  ['an element without its end', '<osm><way id="1">', /well-formed/],
  ['deep nesting', `<osm>${'<a>'.repeat(100_000)}`, /nested/],
  ['a change file', '<osmChange/>', /<osmChange>.*apply/],
  ['a web page', '<html></html>', /<html>/],
  ['an id that is no number', '<osm><node id="x" lat="1" lon="1"/></osm>', /NaN/],
  ['an empty file', '', /well-formed/],
])('%s is refused', (_, text, expected) => {
  expect(problemOf(text)?.message).toMatch(expected)
})

test('an attribute without an end is refused before it fills the memory', () => {
  const megabyte = 'x'.repeat(1_000_000)
  expect(problemOf('<osm><node id="', megabyte, megabyte)?.message).toMatch(/more than 1000000 characters/)
  expect(problemOf('<osm>', ' '.repeat(1_000_000), ' '.repeat(1_000_000))?.message).toMatch(/characters/)
})

test('a node without a position is counted, not placed at zero', () => {
  const data = new OsmData()
  const reader = osmXmlReader(data)
  reader.write(
    '<osm><node id="1" lat="" lon="1"/><node id="2" lat="91" lon="0"/><node id="3" lat="1" lon="2"/></osm>',
  )
  reader.end()
  expect(data.counts).toMatchObject({ nodes: 3, withoutPosition: 2 })
  expect(data.position(1)).toBeUndefined()
  expect(data.position(3)).toEqual([2e7, 1e7])
})
