import { type DemoOptions, generateDemoWithCases } from '../../geodata/demo/generate-demo.ts'
import { writeCampaigns } from '../../geodata/demo/write-campaigns.ts'
import { writeDuties } from '../../geodata/demo/write-duties.ts'
import { writePatrols } from '../../geodata/demo/write-patrols.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import { insertCampaigns } from '../campaigns/seed-campaigns.store.ts'
import { bringHistories } from '../cases/begin-cases.store.ts'
import { readRules } from '../cases/rules.store.ts'
import { insertDuties } from '../duties/seed-duties.store.ts'
import { lockImports } from '../exchange/import.store.ts'
import { settleImport } from '../features/cells.store.ts'
import { upsertFeatures } from '../features/upsert.store.ts'
import type { Database, Progress } from '../platform/database.ts'
import { contentsOf, createDemoBatch, removeFeatures, storeReport } from './demo.store.ts'
import { insertCases, insertDepartments } from './seed-cases.store.ts'
import { insertPatrols } from './seed-patrols.store.ts'

export interface SeedOptions extends DemoOptions {
  /** Replace demo data that is there. Other data is never replaced. */
  replace?: boolean
  /** false: without plans and walks. */
  patrols?: boolean
  progress?: Progress
  actor?: Actor
}

export interface SeedReport {
  batchId: number
  seed: number
  layers: Record<LayerId, number>
}

/**
 * Fills a database with the demo area, in one transaction: all of it or nothing. Throws `bad-request` when the
 * database holds something else, or demo data that is not to be replaced.
 */
export async function seedDemo(database: Database, options: SeedOptions = {}): Promise<SeedReport> {
  const {
    replace = false,
    progress = () => {},
    actor = { name: 'demo' },
    patrols = true,
    ...wanted
  } = options
  refuse(await contentsOf(database.sql), replace)
  progress('Laying out the demo area')
  const rules = await readRules(database.sql)
  const nowIso = wanted.nowIso ?? new Date().toISOString()
  const area = generateDemoWithCases({ ...wanted, nowIso, rules: wanted.rules ?? rules })
  const demo = area.layers
  return database.sql.begin(async (tx) => {
    await tx`SET LOCAL statement_timeout = 0`
    // An import that is under way ends first, and is then seen.
    await lockImports(tx)
    const contents = await contentsOf(tx)
    refuse(contents, replace)
    const batchId = await createDemoBatch(tx)
    if (contents === 'demo') {
      progress('Removing the demo area that was there')
      await removeFeatures(tx, batchId, actor)
    }
    const report: SeedReport = { batchId, seed: wanted.seed ?? 1, layers: {} as Record<LayerId, number> }
    await bringHistories(tx)
    for (const layer of LAYER_IDS) {
      progress(`${LAYERS[layer].title.en}: ${demo[layer].length}`)
      const { created, rejected } = await upsertFeatures(tx, layer, demo[layer], batchId, actor)
      // The generator is ours: a rejected feature is a bug, and half a demo area is worse than none.
      if (rejected.length > 0) {
        throw new Error(
          `demo ${layer} ${rejected[0]!.sourceId}: ${rejected[0]!.reason} (${rejected.length} in all)`,
        )
      }
      report.layers[layer] = created
    }
    progress('The history of every case')
    await insertCases(tx, area, await insertDepartments(tx, area.departments))
    await insertDuties(tx, writeDuties(demo, wanted.seed))
    await insertCampaigns(tx, writeCampaigns(demo, nowIso, wanted.seed))
    if (patrols) {
      progress('Patrols and walks')
      const sourceIds = demo.checkpoints.map(({ sourceId }) => sourceId)
      await insertPatrols(tx, writePatrols(demo, nowIso, wanted.seed), sourceIds)
    }
    progress('Finding the cell of every building and point')
    const told = LAYER_IDS.map((layer) => [layer, { source: 'demo', created: report.layers[layer] }])
    await settleImport(tx, batchId, actor, [], Object.fromEntries(told))
    await storeReport(tx, batchId, report)
    return report
  }) as Promise<SeedReport>
}

function refuse(contents: 'nothing' | 'demo' | 'other', replace: boolean): void {
  if (contents === 'other') {
    throw new Problem(
      'bad-request',
      'This database holds features that are not demo data. The demo area goes into an empty database only: ' +
        'name another with GRIDWARD_DATA or DATABASE_URL.',
    )
  }
  if (contents === 'demo' && !replace) {
    throw new Problem('bad-request', 'The demo area is there already. Give --replace to make it again.')
  }
}
