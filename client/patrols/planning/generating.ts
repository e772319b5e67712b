import { useSyncExternalStore } from 'react'
import { isOver, type Job, type Proposal } from '../../../geodata/patrols/generation.schema.ts'
import type { GenerationSettings, PlanInput } from '../../../geodata/patrols/plan.schema.ts'
import { cancelJob, getJob, startGenerating } from '../../api/patrols.ts'
import { toError } from '../../ui/problem-words.ts'
import { planStore } from './plan-store.ts'

export interface Generating {
  state: 'idle' | 'starting' | 'running' | 'ending'
  /** 0 to 1. */
  progress: number
  /** The best so far, while it is searched for. */
  proposal: Proposal | undefined
  /** How the last search ended, and what it found. */
  ended: 'done' | 'cancelled' | undefined
  result: Proposal | undefined
  failed: Error | undefined
}

const POLL_MS = 600
const IDLE: Generating = {
  state: 'idle',
  progress: 0,
  proposal: undefined,
  ended: undefined,
  result: undefined,
  failed: undefined,
}

let state = IDLE
let jobId: string | undefined
const listeners = new Set<() => void>()

function change(patch: Partial<Generating>) {
  state = { ...state, ...patch }
  for (const listener of listeners) listener()
}

/** Has better rounds searched for and takes them over when the search ends, or is ended. `planId`: as it is saved. */
export async function generate(planId: number, settings: GenerationSettings): Promise<void> {
  if (state.state !== 'idle') return
  change({ ...IDLE, state: 'starting' })
  try {
    jobId = (await startGenerating(planId, settings)).jobId
    change({ state: 'running' })
    const job = await follow(jobId)
    const isSamePlan = planStore.getSnapshot().base?.id === planId
    if (job.proposal && isSamePlan) takeOver(job.proposal)
    change({
      ...IDLE,
      ended: job.state === 'cancelled' ? 'cancelled' : 'done',
      result: job.proposal ?? undefined,
      failed: job.problem ? new Error(job.problem.detail) : undefined,
    })
  } catch (error) {
    change({ ...IDLE, failed: toError(error) })
  } finally {
    jobId = undefined
  }
}

async function follow(id: string): Promise<Job> {
  let revision = -1
  for (;;) {
    const job = await getJob(id)
    if (isOver(job.state)) return job
    change({
      progress: job.progress,
      // The same proposal is not drawn twice.
      ...(job.revision === revision ? {} : { proposal: job.proposal ?? undefined }),
    })
    revision = job.revision
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
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

export const takeOver = (proposal: Proposal): void =>
  planStore.edit('generate', (plan) => withProposal(plan, proposal))

/** Rounds of teams that are gone meanwhile are left out. */
export function withProposal(plan: PlanInput, { rounds, unserved, generated }: Proposal): PlanInput {
  const teams = new Set(plan.teams.map(({ id }) => id))
  return { ...plan, rounds: rounds.filter(({ teamId }) => teams.has(teamId)), unserved, generated }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const useGenerating = (): Generating => useSyncExternalStore(subscribe, () => state)
