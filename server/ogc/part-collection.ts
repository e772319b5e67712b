import { analysisFeatureSchema } from '../../geodata/coverage/analysis.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { listAnalyses } from '../coverage/analysis.store.ts'
import { countFeatures, partFeatures, type ReadablePart, readPart } from '../coverage/part.store.ts'
import type { Reader } from '../coverage/reader.ts'
import type { Sql } from '../platform/database.ts'
import { MOST_SHAPES, type OgcCollection } from './collection.ts'

/** So many analyses have their parts listed, the newest; those of others are there by their address. */
const MOST_LISTED = 100
const ID = /^analysis-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([a-z][a-z0-9-]{0,39})$/

export const PART_FEATURE = analysisFeatureSchema

/** What analyses found that are over, as far as the reader may see it. */
export async function listParts(sql: Sql, reader: Reader): Promise<OgcCollection[]> {
  const wanted = { kind: undefined, by: undefined, limit: MOST_LISTED, offset: 0 }
  const { analyses } = await listAnalyses(sql, reader, wanted)
  return analyses.flatMap(({ id, kind, title, finishedAt, parts, state }) =>
    state === 'done' && finishedAt
      ? parts.map((head) => partCollection(sql, { ...head, analysisId: id, kind, title, finishedAt }))
      : [],
  )
}

/** Undefined for an id that no part can have. Throws not-found. */
export async function findPart(sql: Sql, id: string, reader: Reader): Promise<OgcCollection | undefined> {
  const [, analysisId, part] = ID.exec(id) ?? []
  return analysisId && part ? partCollection(sql, await readPart(sql, analysisId, part, reader)) : undefined
}

function partCollection(sql: Sql, head: ReadablePart): OgcCollection {
  const { analysisId, part, kind, title, bbox } = head
  return {
    id: `analysis-${analysisId}-${part}`,
    title: `${title || kind} · ${part}`,
    description: `分析（${kind}）的结果，datetime 不筛选 · Found by an analysis (${kind}); datetime filters nothing`,
    parameters: {},
    feature: PART_FEATURE,
    extent: () => Promise.resolve(bbox ?? undefined),
    list: ({ bbox }, { limit, after }) =>
      partFeatures(sql, head, { bbox, limit: Math.min(limit, MOST_SHAPES), after }),
    count: ({ bbox }) => countFeatures(sql, head, bbox),
    async get(id) {
      const [found] = (await partFeatures(sql, head, { after: id - 1, limit: 1 })).features
      if (found?.id === id) return found
      throw new Problem('not-found', `There is no feature ${id} in the part “${part}” of the analysis.`)
    },
  }
}
