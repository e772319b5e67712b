import {
  ANALYSIS_GEOMETRIES,
  type AnalysisPartHead,
  type FieldType,
  type Json,
  partName,
} from '../../geodata/coverage/analysis.schema.ts'
import { cleanJson } from '../../geodata/shared/clean-text.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Sql } from '../platform/database.ts'
import type { AnalysisPart, PartFeature } from './analysis-kind.ts'

const PAGE_ROWS = 500
const PAGE_CHARACTERS = 2_000_000
const MOST_FEATURES = 500_000

/**
 * Writes the features of an analysis while they are made, a page at a time and each for itself: reading them is for whoever finds
 * the analysis done. Throws too-large, and the reason of the signal.
 */
export async function writeParts(
  sql: Sql,
  id: string,
  parts: readonly AnalysisPart[],
  signal: AbortSignal,
): Promise<AnalysisPartHead[]> {
  const heads: AnalysisPartHead[] = []
  let total = 0
  for (const { part, geometry, features } of parts) {
    if (!partName.safeParse(part).success || heads.some((head) => head.part === part))
      throw new Error(`“${part}” cannot be the name of a part, or is that of another.`)
    if (!ANALYSIS_GEOMETRIES.includes(geometry)) throw new Error(`${part} cannot be of ${geometry}.`)
    const fields = new Map<string, FieldType | undefined>()
    let count = 0
    let page: string[] = []
    let characters = 0
    const flush = async () => {
      signal.throwIfAborted()
      if (page.length > 0) await writePage(sql, id, part, count - page.length, page)
      page = []
      characters = 0
    }
    for await (const feature of features) {
      if (++total > MOST_FEATURES)
        throw new Problem(
          'too-large',
          `The answer has more than ${MOST_FEATURES} features. Ask about a smaller area.`,
        )
      noteFields(fields, feature.properties)
      const text = cleanJson(feature)
      page.push(text)
      count++
      characters += text.length
      if (page.length >= PAGE_ROWS || characters >= PAGE_CHARACTERS) await flush()
    }
    await flush()
    const bbox = await extentOf(sql, id, part)
    heads.push({
      part,
      geometry,
      count,
      bbox,
      fields: [...fields].map(([name, type]) => ({ name, type: type ?? 'text' })),
    })
  }
  return heads
}

/** Features as JSON; `before`: how many of the part are written. One that was deleted meanwhile has no row to belong to. */
async function writePage(sql: Sql, id: string, part: string, before: number, page: string[]): Promise<void> {
  await sql`
    INSERT INTO analysis_feature (analysis_id, part, seq, properties, geom)
    SELECT ${id}, ${part}, ${before}::int + row.number, row.feature->'properties',
      ST_SetSRID(ST_GeomFromGeoJSON(row.feature->>'geometry'), 4326)
    FROM jsonb_array_elements(${`[${page.join(',')}]`}::text::jsonb) WITH ORDINALITY AS row (feature, number)`
}

/** Values of several types are JSON; a property that is always null passes for a text. */
function noteFields(fields: Map<string, FieldType | undefined>, properties: PartFeature['properties']): void {
  for (const [name, value] of Object.entries(properties)) {
    const known = fields.get(name)
    const type = value === null ? known : typeOf(value)
    if (type !== known || !fields.has(name)) fields.set(name, known === undefined ? type : 'json')
  }
}

function typeOf(value: Json): FieldType {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'json'
}

async function extentOf(sql: Sql, id: string, part: string): Promise<Bbox | null> {
  const [row] = await sql<{ box: Bbox | null }[]>`
    SELECT CASE WHEN box IS NOT NULL THEN jsonb_build_array(ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)) END AS box
    FROM (SELECT ST_Extent(geom) AS box FROM analysis_feature WHERE analysis_id = ${id} AND part = ${part}) AS extent`
  return row?.box ?? null
}
