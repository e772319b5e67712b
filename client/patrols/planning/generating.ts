import { useSyncExternalStore } from 'react'
import { isOver, type Job, type Proposal } from '../../../geodata/patrols/generation.schema.ts'
import type { GenerationSettings, PlanInput } from '../../../geodata/patrols/plan.schema.ts'
import { followJob, type JobNews } from '../../api/follow-job.ts'
import { cancelJob, listPlanJobs, startGenerating } from '../../api/patrols.ts'
import { type ReportedProblem, toError } from '../../ui/problem-words.ts'
import { planStore, usePlanning } from './plan-store.ts'

export interface Generating {
  state: 'idle' | 'starting' | 'running' | 'ending'
  /** 0 to 1. */
  progress: number
  /** The best so far, while it is searched for. */
  proposal: Proposal | undefined
  /** How the last search ended, and what it found. */
  ended: 'done' | 'cancelled' | undefined
  result: Proposal | undefined
  failed: Error | ReportedProblem | undefined
}

/** A better proposal is drawn no sooner after the one before: drawing takes the page’s time. */
const CALM_MS = 700
const IDLE: Generating = {
  state: 'idle',
  progress: 0,
  proposal: undefined,
  ended: undefined,
  result: undefined,
  failed: undefined,
}

let state = IDLE
/** The plan that `state` is of. */
let planId: number | undefined
let jobId: string | undefined
let following = new AbortController()
const listeners = new Set<() => void>()

function change(patch: Partial<Generating>) {
  state = { ...state, ...patch }
  for (const listener of listeners) listener()
}

/** A search that this tab began and did not take over yet, so that a reload finds it again. */
const KEPT_KEY = 'gridward.search'
const keep = (plan: number, job: string) =>
  sessionStorage.setItem(KEPT_KEY, JSON.stringify({ planId: plan, jobId: job }))
function keptJob(plan: number): string | undefined {
  const [, keptPlan, job] =
    /^\{"planId":(\d+),"jobId":"([0-9a-f-]{36})"\}$/.exec(sessionStorage.getItem(KEPT_KEY) ?? '') ?? []
  return Number(keptPlan) === plan ? job : undefined
}

/** Leaves the search for another plan alone: it goes on, and is found again when that plan is opened. */
function turnTo(plan: number): AbortSignal {
  following.abort()
  following = new AbortController()
  planId = plan
  jobId = undefined
  return following.signal
}

/** Has better rounds searched for and takes them over when the search ends, or is ended. `plan`: as it is saved. */
export async function generate(plan: number, settings: GenerationSettings): Promise<void> {
  if (state.state !== 'idle' && planId === plan) return
  const signal = turnTo(plan)
  change({ ...IDLE, state: 'starting' })
  await goThrough(plan, signal, async () => {
    const { jobId: started } = await startGenerating(plan, settings)
    keep(plan, started)
    return started
  })
}

/** Goes on with a search for the plan that this tab began, or that `own` did and that still runs. */
export async function resumeGenerating(plan: number, own: string | undefined): Promise<void> {
  if (planId === plan) return
  const signal = turnTo(plan)
  change(IDLE)
  await goThrough(plan, signal, async () => {
    const kept = keptJob(plan)
    if (kept) return kept
    // Whoever may not see them, or cannot now, plans without.
    const jobs = await listPlanJobs(plan).catch(() => [])
    return jobs.find((job) => !isOver(job.state) && job.createdBy === own)?.id
  })
}

async function goThrough(
  plan: number,
  signal: AbortSignal,
  find: () => Promise<string | undefined>,
): Promise<void> {
  try {
    const id = await find()
    if (signal.aborted || !id) return
    jobId = id
    change({ state: 'running' })
    const drawn = calmly((proposal) => change({ proposal }))
    const job = await followJob(id, (news) => tell(news, drawn.show), signal).finally(drawn.end)
    // Whoever put the plan away meanwhile finds the rounds when it is opened again.
    if (planStore.getSnapshot().base?.id === plan) takeOver(job)
    else planId = undefined
  } catch (error) {
    if (signal.aborted) return
    sessionStorage.removeItem(KEPT_KEY)
    change({ ...IDLE, failed: toError(error) })
  }
}

let revision = -1
function tell(news: JobNews, show: (proposal: Proposal) => void): void {
  if (news.progress !== state.progress) change({ progress: news.progress })
  // The same proposal is not drawn twice.
  if (news.proposal && news.revision !== revision) show(news.proposal)
  revision = news.revision
}

function takeOver({ state: ended, proposal, problem }: Job): void {
  sessionStorage.removeItem(KEPT_KEY)
  if (proposal) planStore.edit('generate', (plan) => withProposal(plan, proposal))
  change({
    ...IDLE,
    ended: ended === 'cancelled' ? 'cancelled' : 'done',
    result: proposal ?? undefined,
    failed: problem ?? undefined,
  })
}

/** The first at once, then the latest after a while. */
function calmly(draw: (proposal: Proposal) => void) {
  let latest: Proposal | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  function next() {
    timer = undefined
    if (!latest) return
    draw(latest)
    latest = undefined
    timer = setTimeout(next, CALM_MS)
  }
  return {
    show(proposal: Proposal) {
      latest = proposal
      if (timer === undefined) next()
    },
    end() {
      clearTimeout(timer)
      latest = undefined
    },
  }
}

/** Ends the search; the best so far is kept. */
export async function endGenerating(): Promise<void> {
  if (!jobId) return
  change({ state: 'ending' })
  try {
    await cancelJob(jobId)
  } catch (error) {
    change({ state: 'running', failed: toError(error) })
  }
}

/** Rounds of teams that are gone meanwhile are left out. */
export function withProposal(plan: PlanInput, { rounds, unserved, generated }: Proposal): PlanInput {
  const teams = new Set(plan.teams.map(({ id }) => id))
  return { ...plan, rounds: rounds.filter(({ teamId }) => teams.has(teamId)), unserved, generated }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The search for the plan that is open. */
export function useGenerating(): Generating {
  const id = usePlanning().base?.id
  const now = useSyncExternalStore(subscribe, () => state)
  return id === planId ? now : IDLE
}
