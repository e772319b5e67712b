import type { AnalysisFeature, AnalysisGeometry, Json } from '../../geodata/coverage/analysis.schema.ts'
import { xmlText } from '../../geodata/patrols/export/xml-text.ts'
import type { LngLat, Ring } from '../../geodata/shared/geojson.ts'
import { csvField } from '../audit/audit-csv.ts'
import type { ReadablePart } from './part.store.ts'

/** A file format: what comes first, each feature, and what ends it. `at`: 0 for the first feature. */
interface PartFormat {
  type: string
  extension: string
  begin(part: ReadablePart): string
  feature(feature: AnalysisFeature, part: ReadablePart, at: number): string
  end: string
}

const RECORD_SEPARATOR = '\u001e'

export const PART_FORMATS: Record<'geojson' | 'geojsonseq' | 'csv' | 'kml', PartFormat> = {
  /** RFC 7946. */
  geojson: {
    type: 'application/geo+json',
    extension: 'geojson',
    begin: ({ analysisId, kind, title, part, finishedAt }) =>
      `${JSON.stringify({ type: 'FeatureCollection', analysis: analysisId, kind, title, part, finishedAt }).slice(0, -1)},"features":[\n`,
    feature: (feature, _, at) => (at === 0 ? '' : ',\n') + JSON.stringify(feature),
    end: '\n]}\n',
  },
  /** RFC 8142. */
  geojsonseq: {
    type: 'application/geo+json-seq',
    extension: 'geojsons',
    begin: () => '',
    feature: (feature) => `${RECORD_SEPARATOR}${JSON.stringify(feature)}\n`,
    end: '',
  },
  /** RFC 4180 with a byte order mark, by which Excel knows UTF-8; points as lng and lat, other shapes as WKT. */
  csv: {
    type: 'text/csv',
    extension: 'csv',
    begin: (part) =>
      `\ufeff${['id', ...part.fields.map(({ name }) => csvField(name)), ...(part.geometry === 'Point' ? ['lng', 'lat'] : ['wkt'])].join()}\r\n`,
    feature({ id, geometry, properties }, { fields }) {
      const values = fields.map(({ name }) => csvValue(properties[name] as Json | undefined))
      const place = geometry.type === 'Point' ? geometry.coordinates.join() : csvField(wkt(geometry))
      return `${[id, ...values].join()},${place}\r\n`
    },
    end: '',
  },
  /** KML 2.2. */
  kml: {
    type: 'application/vnd.google-earth.kml+xml',
    extension: 'kml',
    begin: ({ title, kind, part }) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${xmlText(`${title || kind} · ${part}`)}</name>\n`,
    feature({ id, geometry, properties }) {
      const data = Object.entries(properties)
        .filter(([, value]) => value !== null)
        .map(
          ([name, value]) =>
            `<Data name="${xmlText(name)}"><value>${xmlText(plain(value as Json))}</value></Data>`,
        )
      const name = properties.name ?? id
      return `<Placemark id="f${id}"><name>${xmlText(plain(name as Json))}</name><ExtendedData>${data.join('')}</ExtendedData>${kml(geometry)}</Placemark>\n`
    },
    end: '</Document></kml>\n',
  },
}
export type PartFormatName = keyof typeof PART_FORMATS
export const PART_FORMAT_NAMES = Object.keys(PART_FORMATS) as PartFormatName[]

const plain = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

function csvValue(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return csvField(typeof value === 'object' ? JSON.stringify(value) : value)
}

const pairs = (line: readonly LngLat[]) => line.map(([lng, lat]) => `${lng} ${lat}`).join(', ')
const rings = (polygon: readonly Ring[]) => `(${polygon.map((ring) => `(${pairs(ring)})`).join(', ')})`

function wkt(shape: AnalysisGeometry): string {
  switch (shape.type) {
    case 'Point':
      return `POINT (${shape.coordinates.join(' ')})`
    case 'LineString':
      return `LINESTRING (${pairs(shape.coordinates)})`
    case 'MultiLineString':
      return `MULTILINESTRING ${rings(shape.coordinates)}`
    case 'Polygon':
      return `POLYGON ${rings(shape.coordinates)}`
    case 'MultiPolygon':
      return `MULTIPOLYGON (${shape.coordinates.map(rings).join(', ')})`
  }
}

const coordinates = (line: readonly LngLat[]) =>
  `<coordinates>${line.map((at) => at.join()).join(' ')}</coordinates>`
const kmlLine = (line: readonly LngLat[]) =>
  `<LineString><tessellate>1</tessellate>${coordinates(line)}</LineString>`
const kmlPolygon = (polygon: readonly Ring[]) =>
  `<Polygon>${polygon
    .map((ring, at) => {
      const side = at === 0 ? 'outerBoundaryIs' : 'innerBoundaryIs'
      return `<${side}><LinearRing>${coordinates(ring)}</LinearRing></${side}>`
    })
    .join('')}</Polygon>`

function kml(shape: AnalysisGeometry): string {
  switch (shape.type) {
    case 'Point':
      return `<Point>${coordinates([shape.coordinates])}</Point>`
    case 'LineString':
      return kmlLine(shape.coordinates)
    case 'MultiLineString':
      return `<MultiGeometry>${shape.coordinates.map(kmlLine).join('')}</MultiGeometry>`
    case 'Polygon':
      return kmlPolygon(shape.coordinates)
    case 'MultiPolygon':
      return `<MultiGeometry>${shape.coordinates.map(kmlPolygon).join('')}</MultiGeometry>`
  }
}
