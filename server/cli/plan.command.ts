import { extname } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { Period } from '../../geodata/patrols/due.schema.ts'
import { readShift } from '../../geodata/patrols/read-shift.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { parseNumber as number } from './parse-number.ts'
import { withDatabase } from './with-database.ts'
import { writeOutput } from './write-output.ts'

const FORMATS = ['geojson', 'gpx', 'kml', 'ics'] as const
type Format = (typeof FORMATS)[number]

interface Options {
  shift: Period
  teams: number
  area: string[]
  start?: LngLat
  speed: number
  seconds: number
  iterations?: number
  seed: number
  balance: number
  unpredictability: number
  save?: string
  format?: Format
  output?: string
}

function shift(text: string): Period {
  const period = readShift(text)
  if (period) return period
  throw new InvalidArgumentError(
    'Give the beginning and the end, such as 2026-11-22T18:00/22:00 (China Standard Time).',
  )
}

function position(text: string): LngLat {
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const [lng, lat] = parts
  if (parts.length === 2 && Math.abs(lng!) <= 180 && Math.abs(lat!) <= 90) return [lng!, lat!]
  throw new InvalidArgumentError('Give longitude and latitude in degrees, such as 120.62,31.3.')
}

function format(text: string): Format {
  const known = FORMATS.find((one) => one === text)
  if (known) return known
  throw new InvalidArgumentError(`Give one of ${FORMATS.join(', ')}.`)
}

/** Also while the server runs. */
export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description('plan the rounds of a shift: which team visits which checkpoint, and by which way')
    .requiredOption('--shift <from/to>', 'such as 2026-11-22T18:00/22:00 (China Standard Time)', shift)
    .option('--teams <number>', 'how many teams walk', number(1, 100, true), 1)
    .option(
      '--area <code>',
      'only in this community, grid or micro-grid; may be repeated (default: everywhere)',
      (code: string, before: string[]) => [...before, code],
      [],
    )
    .option('--start <lng,lat>', 'where rounds begin and end (default: wherever)', position)
    .option('--speed <metres>', 'metres a minute', number(10, 400, false), 70)
    .option('--seconds <seconds>', 'how long to search', number(0, 300, false), 10)
    .option('--iterations <steps>', 'how many steps to search at most', number(0, 10_000_000, true))
    .option('--seed <number>', 'the same seed gives the same plan', number(0, 2 ** 31 - 1, true), 1)
    .option('--balance <share>', '0: shortest ways, 1: equal work', number(0, 1, false), 0.3)
    .option('--unpredictability <share>', 'how much times vary between seeds', number(0, 1, false), 0)
    .option('--save <name>', 'keep it as a draft under this name, too')
    .option(
      '--format <format>',
      `${FORMATS.join(', ')} (default: as the file is called, else geojson)`,
      format,
    )
    .option('-o, --output <file>', 'where to write; without it, standard output')
    .action(async (options: Options) => {
      const { output } = options
      const as = options.format ?? FORMATS.find((one) => output && extname(output) === `.${one}`) ?? 'geojson'
      const [{ planOnce, likeTeams }, { createNetwork }, { startOutbox }, schema, { PLAN_FORMATS }] =
        await Promise.all([
          import('../patrols/plan-once.ts'),
          import('../network/network.ts'),
          import('../live/outbox.ts'),
          import('../../geodata/patrols/plan.schema.ts'),
          import('../patrols/plan-formats.ts'),
        ])
      const { shift: period, start = null, save } = options
      const parsed = schema.planInputSchema.safeParse({
        name: save ?? `${period.from}/${period.to}`,
        ...period,
        area: options.area,
        teams: likeTeams(options.teams, {
          people: [],
          metresPerMinute: options.speed,
          ...period,
          start,
          end: start,
          break: null,
          area: [],
        }),
      })
      if (!parsed.success)
        throw new Problem(
          'invalid-parameter',
          parsed.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`).join('; '),
        )
      const { seconds, seed, balance, unpredictability, iterations } = options
      const settings = schema.generationSettingsSchema.parse({
        seconds,
        seed,
        balance,
        unpredictability,
        ...(iterations === undefined ? {} : { iterations }),
      })
      const stop = new AbortController()
      const onInterrupt = () => stop.abort()
      process.once('SIGINT', onInterrupt)
      await withDatabase('command', async ({ database, progress }) => {
        const outbox = await startOutbox(database)
        try {
          const network = createNetwork({ database, outbox })
          const { input, walked } = await planOnce(
            database.sql,
            network,
            parsed.data,
            settings,
            stop.signal,
            (visits, metres) => progress(`${visits} visits, ${kilometres(metres)}`),
          )
          await writeOutput([PLAN_FORMATS[as].write(walked), ...(output ? [] : ['\n'])], output)
          if (save !== undefined) {
            const [{ createPlan }, { CLI }] = await Promise.all([
              import('../patrols/plan.store.ts'),
              import('../access/actor.ts'),
            ])
            const { id } = await createPlan(database.sql, input, { actor: CLI, reach: 'everywhere' })
            progress(`Kept as plan ${id}, a draft`)
          }
          for (const { team, timed, round } of walked.rounds)
            progress(
              `${team.id}: ${round.stops.length} visits, ${kilometres(timed.metres)}, until ${timed.endsAt}` +
                (timed.conflicts.length > 0 ? `, ${timed.conflicts.length} conflicts` : ''),
            )
          const reasons = countReasons(input.unserved)
          progress(
            input.unserved.length === 0
              ? 'Every visit that is due is made'
              : `Not visited: ${reasons.map(([reason, count]) => `${count} ${reason}`).join(', ')}`,
          )
        } finally {
          outbox.close()
          process.removeListener('SIGINT', onInterrupt)
        }
      })
    })
}

const kilometres = (metres: number) => `${(metres / 1000).toFixed(1)} km`

function countReasons(unserved: readonly { reason: string }[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const { reason } of unserved) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
}
