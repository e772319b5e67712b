import { z } from 'zod'
import { type AnalysisKind, anyKind, type PartFeature } from '../../server/coverage/analysis-kind.ts'
import { computeInWorker } from '../../server/coverage/compute-in-worker.ts'
import type { Sql } from '../../server/platform/database.ts'

const params = z.strictObject({
  how: z.enum(['answer', 'wait', 'throw', 'exit', 'eat', 'late', 'secret']),
  features: z.int().min(0).max(2000).default(3),
})

/** Stands in the place of the overlay: computes nothing, and fails in each way in which a computation can. */
const trivial: AnalysisKind<z.infer<typeof params>, { asked: string; cells: number }> = {
  kind: 'overlay',
  params,
  reads: ['buildings', 'facilities'],
  permission: ({ how }) => (how === 'secret' ? 'track' : undefined),
  async run({ sql, cells, signal, progress }, { how, features }) {
    progress(0.5, how)
    if (how === 'wait' || how === 'throw' || how === 'exit' || how === 'eat')
      await computeInWorker(new URL('./test-kind.worker.ts', import.meta.url), { how }, { signal, progress })
    return {
      result: { asked: how, cells: cells.length },
      notes: [{ code: 'trivial', values: { features } }],
      parts: [
        { part: 'spot', geometry: 'Point', features: spots(sql, features, how === 'late') },
        { part: 'square', geometry: 'Polygon', features: [SQUARE] },
        { part: 'way', geometry: 'LineString', features: [WAY] },
      ],
    }
  },
}
export const TEST_KINDS = [anyKind(trivial)]

/** Parts may ask the database while they are written. */
async function* spots(sql: Sql, count: number, isFailing: boolean): AsyncGenerator<PartFeature> {
  for (let at = 0; at < count; at++) {
    if (at === 1) await sql`SELECT 1`
    if (isFailing && at === count - 1) throw new Error('The last feature cannot be made.')
    yield {
      properties: { name: `点 ${at}`, formula: `=${at}`, share: at / 2, nothing: null, list: [at, 'a'] },
      geometry: { type: 'Point', coordinates: [120 + at / 10_000, 31.001] },
    }
  }
}

const SQUARE: PartFeature = {
  properties: { name: '<方块> & "co"' },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [120, 31],
        [120.01, 31],
        [120.01, 31.01],
        [120, 31.01],
        [120, 31],
      ],
    ],
  },
}

export const WAY: PartFeature = {
  properties: {},
  geometry: {
    type: 'LineString',
    coordinates: [
      [120, 31],
      [120.01, 31],
      [120.01, 31.01],
    ],
  },
}
