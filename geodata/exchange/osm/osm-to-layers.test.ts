import { expect, test } from 'vitest'
import { ReadNotes } from '../read-notes.ts'
import { OsmData } from './osm-data.ts'
import { osmToLayers } from './osm-to-layers.ts'
import { osmXmlReader } from './read-osm-xml.ts'
import { addressOf, buildingUse, floors, heightMetres, landcoverKind, roadOf } from './read-tags.ts'

const corners = `<node id="1" lon="0" lat="0"/><node id="2" lon="0.01" lat="0"/><node id="3" lon="0.01" lat="0.01"/>
  <node id="4" lon="0" lat="0.01"/><node id="5" lon="0.004" lat="0.004"/><node id="6" lon="0.005" lat="0.004"/>
  <node id="7" lon="0.005" lat="0.005"/>`
const nds = (...ids: number[]) => ids.map((id) => `<nd ref="${id}"/>`).join('')
const tag = (tags: Record<string, string>) =>
  Object.entries(tags)
    .map(([k, v]) => `<tag k="${k}" v="${v}"/>`)
    .join('')
const square = nds(1, 2, 3, 4, 1)

function map(body: string) {
  const data = new OsmData()
  const reader = osmXmlReader(data)
  reader.write(`<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">${corners}${body}</osm>`)
  reader.end()
  const notes = new ReadNotes()
  return { ...osmToLayers(data, notes), notes }
}

test('an old multipolygon whose tags stand on the outer way is one building with a hole', () => {
  const { layers } =
    map(`<way id="1">${square}${tag({ building: 'yes' })}</way><way id="2">${nds(5, 6, 7, 5)}</way>
    <relation id="9"><member type="way" ref="1" role="outer"/><member type="way" ref="2" role="inner"/>
    ${tag({ type: 'multipolygon' })}</relation>`)
  expect(layers.buildings.map(({ sourceId }) => sourceId)).toEqual(['osm:way/1'])
  expect(layers.buildings[0]!.geometry.coordinates[0]).toHaveLength(2)
})

test('a relation of type building groups parts and is not a building itself', () => {
  const { layers } = map(`<way id="1">${square}${tag({ building: 'yes' })}</way>
    <way id="2">${nds(5, 6, 7, 5)}${tag({ 'building:part': 'yes' })}</way>
    <relation id="9"><member type="way" ref="1" role="outline"/>${tag({ type: 'building', building: 'yes' })}</relation>`)
  expect(layers.buildings).toHaveLength(1)
})

test('a school area is a campus and a facility; a school building is a building and a facility', () => {
  const { layers } = map(`<way id="1">${square}${tag({ amenity: 'school', name: '小学' })}</way>
    <way id="2">${nds(5, 6, 7, 5)}${tag({ amenity: 'school', building: 'yes' })}</way>`)
  expect(layers.landcover).toMatchObject([
    { sourceId: 'osm:way/1', properties: { kind: 'campus', name: '小学' } },
  ])
  expect(layers.facilities.map(({ sourceId }) => sourceId)).toEqual([
    'osm:way/1#facility',
    'osm:way/2#facility',
  ])
  expect(layers.buildings).toMatchObject([{ sourceId: 'osm:way/2', properties: { use: 'school' } }])
})

test('a named residential area is an estate and a community, one without a name is neither', () => {
  const { layers } = map(`<way id="1">${square}${tag({ landuse: 'residential', name: '同济新村' })}</way>
    <way id="2">${nds(5, 6, 7, 5)}${tag({ landuse: 'residential' })}</way>`)
  expect(layers.landcover).toMatchObject([{ properties: { kind: 'estate' } }])
  expect(layers.communities).toMatchObject([{ sourceId: 'osm:way/1', properties: { name: '同济新村' } }])
})

test('a building that leaves the extract is named, not cut', () => {
  const { layers, notes } = map(`<way id="1">${nds(1, 2, 77, 1)}${tag({ building: 'yes' })}</way>`)
  expect(layers.buildings).toEqual([])
  expect(notes.skipped.items).toMatchObject([{ feature: 'osm:way/1' }])
})

test('building=no and deleted objects are passed over', () => {
  const { layers } = map(`<way id="1">${square}${tag({ building: 'no' })}</way>
    <way id="2" action="delete">${square}${tag({ building: 'yes' })}</way>
    <way id="3" visible="false">${square}${tag({ building: 'yes' })}</way>`)
  expect(layers.buildings).toEqual([])
})

test('nodes that come after the ways and out of order are found', () => {
  const { layers } = map(`<way id="1">${nds(20, 10, 15, 20)}${tag({ building: 'yes' })}</way>
    <node id="20" lon="1" lat="1"/><node id="15" lon="1.1" lat="1.1"/><node id="10" lon="1.1" lat="1"/>`)
  expect(layers.buildings).toHaveLength(1)
})

test('trunk roads need a pavement, estates stay walkable, closed roads do not', () => {
  expect(roadOf({ highway: 'trunk' })).toEqual({ kind: 'main', walkable: false })
  expect(roadOf({ highway: 'trunk', sidewalk: 'both' })?.walkable).toBe(true)
  expect(roadOf({ highway: 'service', access: 'private' })).toEqual({ kind: 'service', walkable: true })
  expect(roadOf({ highway: 'footway', access: 'no' })?.walkable).toBe(false)
  expect(roadOf({ highway: 'footway', access: 'no', foot: 'yes' })?.walkable).toBe(true)
  expect(roadOf({ highway: 'residential', foot: 'no' })?.walkable).toBe(false)
  expect(roadOf({ highway: 'construction' })).toBeUndefined()
})

test('floors and heights that cannot be read are left empty, feet become metres', () => {
  expect(floors({ 'building:levels': '6' })).toBe(6)
  expect(floors({ 'building:levels': '6;8' })).toBeUndefined()
  expect(floors({ 'building:levels': '-1' })).toBeUndefined()
  expect(heightMetres({ height: '12.5 m' })).toBe(12.5)
  expect(heightMetres({ height: '10 ft' })).toBe(3.05)
  expect(heightMetres({ height: 'tall' })).toBeUndefined()
})

test('building=yes takes its use from what is inside', () => {
  expect(buildingUse({ building: 'apartments', shop: 'yes' })).toBe('residential')
  expect(buildingUse({ building: 'yes', shop: 'bakery' })).toBe('commercial')
  expect(buildingUse({ building: 'yes', amenity: 'kindergarten' })).toBe('school')
  expect(buildingUse({ building: 'yes' })).toBe('other')
})

test('a Chinese address has 号 and no space', () => {
  expect(addressOf({ 'addr:street': '四平路', 'addr:housenumber': '1239' })).toBe('四平路1239号')
  expect(addressOf({ 'addr:street': 'Landstrasse', 'addr:housenumber': '5a' })).toBe('Landstrasse 5a')
})

test('a building on a park is no park', () => {
  expect(landcoverKind({ leisure: 'park' })).toBe('green')
  expect(landcoverKind({ leisure: 'park', building: 'yes' })).toBeUndefined()
})
