import type { Command } from 'commander'
import type { AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import type { CoverCounts, FacilityResult } from '../../geodata/coverage/facility/facility.schema.ts'
import { FACILITY_KINDS } from '../../geodata/facilities/facility.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AnalysisPart } from '../coverage/analysis-kind.ts'
import { parseNumber } from './parse-number.ts'
import { withDatabase } from './with-database.ts'
import { writeOutput } from './write-output.ts'

const PARTS = ['gap', 'sliver', 'reach', 'straight', 'street', 'building', 'facility', 'cell'] as const

interface Options {
  facility: string[]
  walk?: number
  minutes?: number
  speed?: number
  area: string[]
  status: string[]
  planned?: string
  access?: number
  part?: string
  straight?: boolean
  output?: string
}

const more = (one: string, before: string[]) => [...before, one]

/** Also while the server runs. */
export function registerCoverage(program: Command): void {
  program
    .command('coverage')
    .description('write the ground that has no facility within a walk, or who has one, as GeoJSON (RFC 7946)')
    .requiredOption(
      '--facility <kind>',
      `may be repeated: ${Object.keys(FACILITY_KINDS).join(', ')}`,
      (kind: string, before: string[] | undefined) => more(kind, before ?? []),
    )
    .option(
      '--walk <metres>',
      'how far one walks, along streets (500 without this and --minutes)',
      parseNumber(1, 5000, false),
    )
    .option('--minutes <minutes>', 'how long one walks, instead', parseNumber(0.1, 500, false))
    .option('--speed <metres>', 'metres a minute (default: 70)', parseNumber(10, 400, false))
    .option('--area <code>', 'only in this community, grid or micro-grid; may be repeated', more, [])
    .option(
      '--status <status>',
      'facilities of this status count; may be repeated (default: in-service)',
      more,
      [],
    )
    .option('--planned <date>', 'works that are over by this day count, too, such as 2027-06-30')
    .option(
      '--access <metres>',
      'how far from a street a place may be (default: 100)',
      parseNumber(5, 500, false),
    )
    .option('--part <part>', `what to write: ${PARTS.join(', ')} (default: gap)`)
    .option('--straight', 'the same as --part straight: circles as the crow flies, only to compare with')
    .option('-o, --output <file>', 'where to write; without it, standard output')
    .action(async (options: Options) => {
      const part = options.part ?? (options.straight ? 'straight' : 'gap')
      if (!PARTS.some((one) => one === part) || (options.straight && part !== 'straight'))
        throw new Problem(
          'invalid-parameter',
          options.straight
            ? `--straight writes the circles; leave out --part ${part}.`
            : `There is no part ${part}; give one of ${PARTS.join(', ')}.`,
        )
      if (options.walk !== undefined && options.minutes !== undefined)
        throw new Problem('invalid-parameter', 'Give --walk or --minutes, not both.')
      const [{ facilityParamsSchema }, { facilityKind }, { askOnce }, { createNetwork }, { startOutbox }] =
        await Promise.all([
          import('../../geodata/coverage/facility/facility.schema.ts'),
          import('../coverage/facility/facility.kind.ts'),
          import('../coverage/ask-once.ts'),
          import('../network/network.ts'),
          import('../live/outbox.ts'),
        ])
      const { facility: kinds, walk = 500, minutes, speed, status, planned, access, area, output } = options
      const parsed = facilityParamsSchema.safeParse({
        kinds,
        ...(minutes === undefined ? { walk } : { walk: minutes, unit: 'minutes' }),
        ...(speed === undefined ? {} : { metresPerMinute: speed }),
        ...(status.length === 0 ? {} : { statuses: status }),
        ...(planned === undefined ? {} : { asOf: planned }),
        ...(access === undefined ? {} : { accessMetres: access }),
        compareStraight: part === 'straight',
      })
      if (!parsed.success)
        throw new Problem(
          'invalid-parameter',
          parsed.error.issues.map(({ path, message }) => `${nameOf(path)}: ${message}`).join('; '),
        )
      const stop = new AbortController()
      const onInterrupt = () => stop.abort()
      process.once('SIGINT', onInterrupt)
      await withDatabase('command', async ({ database, progress }) => {
        const outbox = await startOutbox(database)
        let told = ''
        try {
          const { result, notes, parts } = await askOnce(
            facilityKind,
            {
              sql: database.sql,
              network: createNetwork({ database, outbox }),
              signal: stop.signal,
              progress: (_, stage) => {
                if (stage !== told) progress(stage)
                told = stage
              },
              area,
              reach: 'everywhere',
            },
            parsed.data,
          )
          const found = parts.find((one) => one.part === part)
          let features = 0
          await writeOutput(
            collection(found, { part, kinds, walkMetres: result.limitMetres, area }, () => features++),
            output,
          )
          for (const line of summary(result)) progress(line)
          for (const line of await describeNotes(notes)) progress(line)
          progress(`${features} features of ${part}${output ? ` in ${output}` : ''}`)
        } catch (error) {
          if (!stop.signal.aborted) throw error
          progress('Stopped; nothing is written')
          process.exitCode = 130
        } finally {
          outbox.close()
          process.removeListener('SIGINT', onInterrupt)
        }
      })
    })
}

/** What the option is called whose value did not fit. */
function nameOf([name]: readonly PropertyKey[]): string {
  const options: Record<string, string> = {
    kinds: '--facility',
    walk: '--minutes',
    statuses: '--status',
    asOf: '--planned',
  }
  return options[String(name)] ?? `--${String(name)}`
}

async function* collection(
  part: AnalysisPart | undefined,
  members: object,
  tell: () => void,
): AsyncGenerator<string> {
  yield `${JSON.stringify({ type: 'FeatureCollection', ...members }).slice(0, -1)},"features":[\n`
  let id = 0
  for await (const { properties, geometry } of part?.features ?? []) {
    tell()
    yield `${id++ === 0 ? '' : ',\n'}${JSON.stringify({ type: 'Feature', id, properties, geometry })}`
  }
  yield '\n]}\n'
}

const share = (part: number | null, all: number | null) =>
  part === null || all === null
    ? 'unknown'
    : `${part} of ${all}${all === 0 ? '' : ` (${((part / all) * 100).toFixed(1)} %)`}`

function summary({ limitMetres, total, area, facilities, cells }: FacilityResult): string[] {
  const { buildings, coveredBuildings, households, coveredHouseholds, householdsUnknown }: CoverCounts = total
  const without = cells.rows.filter(
    (row) => row.level === 'communities' && row.buildings > 0 && row.coveredBuildings === 0,
  )
  const hectares = (squareMetres: number) => `${(squareMetres / 10_000).toFixed(1)} ha`
  return [
    `${facilities.onStreets} facilities, ${limitMetres} m on foot`,
    `Covered: buildings ${share(coveredBuildings, buildings)}, households ${share(coveredHouseholds, households)}` +
      (householdsUnknown > 0 ? `, ${householdsUnknown} buildings without a figure` : ''),
    `${area.gaps} gaps, ${hectares(area.gapSquareMetres)} of ${hectares(area.squareMetres)}`,
    ...(without.length > 0
      ? [`Communities without any: ${without.map(({ name, code }) => `${name} (${code})`).join(', ')}`]
      : []),
  ]
}

async function describeNotes(notes: readonly AnalysisNote[]): Promise<string[]> {
  const { FACILITY_NOTES, isFacilityNote } = await import('../../geodata/coverage/facility/note-words.ts')
  return notes.map(({ code, values }) =>
    isFacilityNote(code)
      ? FACILITY_NOTES[code].en.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
          const value = values[name]
          return Array.isArray(value) ? value.join(', ') : String(value ?? '')
        })
      : code,
  )
}
