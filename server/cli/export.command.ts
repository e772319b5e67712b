import type { Command } from 'commander'
import { isLayerId, LAYERS } from '../../geodata/layers.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { CLI } from '../access/actor.ts'
import { withDatabase } from './with-database.ts'
import { writeOutput } from './write-output.ts'

interface Options {
  output?: string
  [filter: string]: string | undefined
}

export function registerExport(program: Command): void {
  program
    .command('export')
    .description('write a layer as GeoJSON (RFC 7946); import takes it back unchanged')
    .argument('<layer>', Object.keys(LAYERS).join(', '))
    .option('-o, --output <file>', 'where to write; without it, standard output')
    .option('--parent <code>', 'only what lies in this community, grid or micro-grid')
    .option('--kind <values>', 'only these kinds, by commas')
    .option('--state <values>', 'only these states, by commas')
    .option('--severity <values>', 'hazards: only these, by commas')
    .option('--bbox <box>', 'west,south,east,north in degrees')
    .option('--area <polygon>', 'lng,lat;lng,lat;… in degrees: what touches it')
    .option('--from <time>', 'a date or date-time: hazards reported, other layers changed since then')
    .option('--to <time>', 'a date, which is included, or a date-time, which is not')
    .option('--ids <ids>', 'only these features, by commas')
    .option('--q <text>', 'names, codes, addresses; pinyin and initials too')
    .option('--unassigned <true|false>', 'true: only what lies outside every community')
    .action(async (layer: string, { output, ...given }: Options) => {
      if (!isLayerId(layer))
        throw new Problem(
          'invalid-parameter',
          `There is no layer ${layer}; give one of ${Object.keys(LAYERS).join(', ')}.`,
        )
      const [{ exportGeoJson }, { tellExport }, { readFilter }] = await Promise.all([
        import('../exchange/export-geojson.ts'),
        import('../audit/tell-export.ts'),
        import('../exchange/read-filter.ts'),
      ])
      const filter = readFilter(layer, given)
      await withDatabase('command', async ({ database, progress }) => {
        let features = 0
        const pieces = await exportGeoJson(database.read, layer, filter, 'everywhere')
        const told = { sql: database.sql, actor: CLI, layer, asked: { format: 'geojson', filter } }
        async function* texts() {
          for await (const piece of tellExport(told, pieces)) {
            features += piece.rows
            yield piece.text
          }
        }
        await writeOutput(texts(), output)
        progress(`${features} features of ${layer}${output ? ` in ${output}` : ''}`)
      })
    })
}
