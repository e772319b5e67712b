import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { isLayerId, LAYERS } from '../../geodata/layers.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { CLI } from '../access/actor.ts'
import { withDatabase } from './with-database.ts'

interface Options {
  layer?: string
  division?: string
  source?: string
  attribution?: string
  licence?: string
  dryRun?: boolean
  json?: boolean
}

export function registerImport(program: Command): void {
  program
    .command('import')
    .description(
      'import OpenStreetMap (.osm, .osm.gz, .osm.pbf) or GeoJSON; the same file again changes nothing',
    )
    .argument('<file>')
    .option('--layer <name>', `what a GeoJSON file holds: ${Object.keys(LAYERS).join(', ')}`)
    .option('--division <code>', 'division of 6 or 9 digits: named residential areas become its communities')
    .option('--source <name>', 'prefix of the ids of GeoJSON features (default: the file name)')
    .option('--attribution <text>', 'whom to name on the map')
    .option('--licence <name>', 'licence of the data')
    .option('--dry-run', 'report what would happen and change nothing')
    .option('--json', 'print the whole report as JSON')
    .action(async (file: string, { layer, dryRun = false, json = false, ...given }: Options) => {
      if (layer !== undefined && !isLayerId(layer))
        throw new Problem(
          'invalid-parameter',
          `--layer ${layer} is not a layer; give one of ${Object.keys(LAYERS).join(', ')}.`,
        )
      await refuseMissing(file)
      const [{ importFile }, { describeReport }] = await Promise.all([
        import('../exchange/import-file.ts'),
        import('../exchange/describe-report.ts'),
      ])
      const report = await withDatabase('command', ({ database, progress }) =>
        importFile(database, {
          ...given,
          path: file,
          fileName: basename(file),
          layer,
          dryRun,
          progress,
          actor: CLI,
        }),
      )
      console.log(json ? JSON.stringify(report, null, 2) : describeReport(report))
    })
}

async function refuseMissing(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) throw new Problem('not-found', `There is no file ${file}.`)
}
