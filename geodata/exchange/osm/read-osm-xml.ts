import type { SaxesTagPlain } from 'saxes'
import { Problem } from '../../shared/problem.ts'
import { guardXml, type TextReader } from '../guard-xml.ts'
import { keepTag, type OsmData, type OsmRelation, type OsmTags } from './osm-data.ts'

const MAX_MEMBERS = 1_000_000

interface Element {
  kind: 'node' | 'way' | 'relation'
  attributes: Record<string, string>
  tags: OsmTags | undefined
  refs: number[]
  members: OsmRelation['members']
}

/**
 * Reads OSM XML (API 0.6) given in pieces into `data`. Objects that are marked as deleted are passed over. Throws
 * `unreadable-file` or `unsupported-format` with the line; a document type is refused, so no entity is ever expanded.
 */
export function osmXmlReader(data: OsmData): TextReader {
  let element: Element | undefined
  return guardXml({
    format: 'OSM',
    maxDepth: 10,
    open(tag, depth) {
      if (depth === 0) checkRoot(tag.name)
      else if (depth === 1) element = startElement(tag)
      else if (element) addChild(element, tag)
    },
    close(_, depth) {
      if (depth !== 1 || !element) return
      finish(element, data)
      element = undefined
    },
  })
}

function checkRoot(name: string): void {
  if (name === 'osm') return
  const hint =
    name === 'osmChange'
      ? 'Apply the change file to an extract first, e.g. with osmium apply-changes.'
      : name === 'gpx' || name === 'kml'
        ? 'Tracks and placemarks are not map data; give an OSM or GeoJSON file.'
        : 'Give an OSM file, e.g. an extract from OpenStreetMap.'
  throw new Problem(
    'unsupported-format',
    `The file is XML with the root <${name.slice(0, 40)}>, expected <osm>. ${hint}`,
  )
}

function startElement(tag: SaxesTagPlain): Element | undefined {
  const { name, attributes } = tag
  if (name !== 'node' && name !== 'way' && name !== 'relation') return undefined
  if (attributes.visible === 'false' || attributes.action === 'delete') return undefined
  return { kind: name, attributes, tags: undefined, refs: [], members: [] }
}

function addChild(element: Element, { name, attributes }: SaxesTagPlain): void {
  if (name === 'tag') element.tags = keepTag(element.tags, attributes.k ?? '', attributes.v ?? '')
  else if (name === 'nd') element.refs.push(Number(attributes.ref))
  else if (name === 'member' && attributes.type === 'way')
    element.members.push({ way: Number(attributes.ref), role: attributes.role ?? '' })
  if (element.refs.length > MAX_MEMBERS || element.members.length > MAX_MEMBERS)
    throw new Problem('too-large', `A ${element.kind} has more than ${MAX_MEMBERS} members.`)
}

function finish({ kind, attributes, tags, refs, members }: Element, data: OsmData): void {
  const id = attributes.id === undefined ? Number.NaN : Number(attributes.id)
  if (kind === 'node') data.addNode(id, degrees(attributes.lon), degrees(attributes.lat), tags)
  else if (kind === 'way') data.addWay(id, refs, tags)
  else data.addRelation(id, tags, members)
}

const degrees = (text: string | undefined): number => (text?.trim() ? Number(text) : Number.NaN)
