import { randomUUID } from 'node:crypto'
import type { JobState, Proposal } from '../../geodata/patrols/generation.schema.ts'
import type { GenerationSettings, Plan } from '../../geodata/patrols/plan.schema.ts'
import { askWithOthers } from '../../geodata/patrols/pose-rounds.ts'
import type { SolvedRounds } from '../../geodata/patrols/solve-rounds.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import { askForEnd, createJob, type JobNews, saveJob } from './job.store.ts'
import { reachWithin } from './reach-of-codes.ts'
import { searchBorder } from './search-border.ts'
import { searchStreets } from './search-streets.ts'
import { readSitesToPlan } from './sites-to-plan.ts'
import { solveInWorker } from './solve-in-worker.ts'

/** Searches of this process at once, and that wait. Each takes a core. */
const AT_ONCE = 2
const MOST_WAITING = 20
/** How often a job is said to run, and whether it should end is asked. */
const SAY_MS = 500

export interface Generator {
  /** Starts a search for a plan's rounds. Returns the job's id. Throws too-many-requests. */
  start(plan: Plan, settings: GenerationSettings, reach: Reach, by: string): Promise<string>
  /** Runs any search in turn with the others. `create`: writes down the job that `search` is for. */
  run<Found extends object>(
    create: (id: string) => Promise<void>,
    search: (signal: AbortSignal, say: Saying<Found>) => Promise<Found | undefined>,
  ): Promise<string>
  /** Ends it wherever it runs; the best so far is kept. */
  cancel(id: string): Promise<void>
}

export function createGenerator(
  sql: Sql,
  network: Pick<Network, 'matrix' | 'current'>,
  log: Pick<Log, 'error'> | undefined,
): Generator {
  const ends = new Map<string, AbortController>()
  const queue: (() => void)[] = []
  let running = 0

  /** One that is cancelled while it waits says so at once, and takes nobody's turn. */
  async function inTurn(signal: AbortSignal, job: () => Promise<void>): Promise<void> {
    if (running < AT_ONCE) running++
    else if (!(await waitForTurn(signal))) return job()
    try {
      await job()
    } finally {
      // Whoever ends hands its turn over, so `running` stays as it is.
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }

  const waitForTurn = (signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const give = () => resolve(true)
      queue.push(give)
      const leave = () => {
        const place = queue.indexOf(give)
        // No longer in the queue: the turn was given in the same moment.
        if (place < 0) return
        queue.splice(place, 1)
        resolve(false)
      }
      signal.addEventListener('abort', leave, { once: true })
      if (signal.aborted) leave()
    })

  return {
    start(plan, settings, reach, by) {
      return this.run<Proposal>(
        (id) => createJob(sql, id, plan, settings, by),
        (signal, say) => search(sql, network, { plan, settings, reach }, signal, say),
      )
    },
    async run(create, find) {
      if (ends.size >= AT_ONCE + MOST_WAITING)
        throw new Problem(
          'too-many-requests',
          `Too many plans are being generated: ${AT_ONCE} at once, and ${MOST_WAITING} wait. Try again shortly.`,
          { extra: { retryAfterSeconds: 10 } },
        )
      const id = randomUUID()
      const end = new AbortController()
      ends.set(id, end)
      try {
        await create(id)
      } catch (error) {
        ends.delete(id)
        throw error
      }
      const say = sayings(sql, id, end)
      inTurn(end.signal, () => say.until(() => find(end.signal, say)))
        .catch((err) => log?.error({ err }, 'a search for rounds could not be kept'))
        .finally(() => ends.delete(id))
      return id
    },
    async cancel(id) {
      await askForEnd(sql, id)
      ends.get(id)?.abort()
    },
  }
}

export interface Saying<Found> {
  progress(share: number): void
  better(found: Found): void
}

interface Sayings extends Saying<object> {
  until(job: () => Promise<object | undefined>): Promise<void>
}

/** Writes down what a job does, and ends it when somebody asked for that in another process. */
function sayings(sql: Sql, id: string, end: AbortController): Sayings {
  const news: JobNews = { state: 'waiting', progress: 0, revision: 0 }
  let unsaid: object | undefined
  let saying = Promise.resolve()
  let lost: unknown
  const say = () => {
    const proposal = unsaid
    unsaid = undefined
    saying = saying
      .then(async () => {
        if (await saveJob(sql, id, { ...news, proposal })) end.abort()
      })
      .catch((error) => {
        lost = error
        end.abort()
      })
  }
  const timer = setInterval(say, SAY_MS)
  timer.unref()
  return {
    progress(share) {
      news.progress = share
    },
    better(proposal) {
      unsaid = proposal
      news.revision++
    },
    async until(job) {
      const close = async (state: JobState, problem?: JobNews['problem']) => {
        clearInterval(timer)
        Object.assign(news, { state, problem })
        say()
        await saying
        if (lost) throw lost
      }
      if (end.signal.aborted) return close('cancelled')
      news.state = 'running'
      say()
      try {
        const proposal = await job()
        if (proposal) this.better(proposal)
        if (!end.signal.aborted) news.progress = 1
      } catch (error) {
        if (end.signal.aborted && !(error instanceof Problem)) return close('cancelled')
        const told =
          error instanceof Problem
            ? { code: error.code, detail: error.message }
            : { code: 'internal', detail: 'The search met an error that it did not expect.' }
        await close('failed', told)
        if (!(error instanceof Problem)) throw error
        return
      }
      await close(end.signal.aborted ? 'cancelled' : 'done')
    },
  }
}

interface Wanted {
  plan: Plan
  settings: GenerationSettings
  reach: Reach
}

async function search(
  sql: Sql,
  network: Pick<Network, 'matrix' | 'current'>,
  { plan, settings, reach }: Wanted,
  signal: AbortSignal,
  say: Saying<Proposal>,
): Promise<Proposal | undefined> {
  const cells = await resolveArea(sql, plan.area, reach)
  const within = reachWithin(reach, cells)
  if (settings.kind === 'border') return searchBorder(sql, network, plan, settings, cells, signal)
  if (settings.kind === 'streets') return searchStreets(sql, network, plan, settings, cells, within, signal)
  const shift = { from: Date.parse(plan.from), to: Date.parse(plan.to), planned: true }
  const sites = await readSitesToPlan(sql, shift, within)
  const question = askWithOthers(plan, sites, settings)
  if (signal.aborted) return undefined
  const { metres } = await network.matrix(question.places, undefined, { signal })
  const propose = ({ iterations, ...found }: SolvedRounds, seconds: number): Proposal => ({
    ...found,
    generated: { settings, seconds, iterations, at: new Date().toISOString() },
  })
  const began = performance.now()
  const { solved, seconds } = await solveInWorker(question, metres, signal, {
    progress: say.progress,
    better: (found) => say.better(propose(found, (performance.now() - began) / 1000)),
  })
  return propose(solved, seconds)
}
