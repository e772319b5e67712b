import { useSyncExternalStore } from 'react'
import { type Plan, type PlanInput, planInputSchema } from '../../../geodata/patrols/plan.schema.ts'
import { browserKeeper, type DraftKeeper } from '../../ui/draft-keeper.ts'
import { findStop } from './plan-edits.ts'

/** What the server knows of the plan that is open. */
export type PlanBase = Pick<Plan, 'id' | 'version' | 'state' | 'publishedVersion' | 'publishedAt'>

export interface Planning {
  /** `elsewhere`: another tab of this browser has the plan; this one shows none. */
  status: 'loading' | 'ready' | 'elsewhere'
  /** undefined: none is open. */
  plan: PlanInput | undefined
  /** As the server holds it; undefined for a plan that was never saved. */
  saved: PlanInput | undefined
  base: PlanBase | undefined
  /** Names of what can be taken back and done again, the latest first; keys below `planning.did`. */
  undoable: string | undefined
  redoable: string | undefined
  /** The round that is drawn on and the stop that is chosen. */
  roundId: string | undefined
  stopId: string | undefined
  /** Found when the page was opened: changes that were never saved, and when they were kept. */
  restored: string | undefined
  /** The kept copy could not be read and was put aside. */
  damaged: boolean
  /** The browser did not keep the last change: it lives in this tab alone. */
  unkept: boolean
}

interface Step {
  what: string
  plan: PlanInput
}

const MOST_STEPS = 200
const CLOSED = {
  plan: undefined,
  saved: undefined,
  base: undefined,
  undoable: undefined,
  redoable: undefined,
  roundId: undefined,
  stopId: undefined,
} as const

/** The plan that one browser works on: edits with undo, kept over a reload until it is saved or put away. */
export function createPlanStore(keeper: DraftKeeper) {
  const listeners = new Set<() => void>()
  let state: Planning = { status: 'loading', ...CLOSED, restored: undefined, damaged: false, unkept: false }
  let done: Step[] = []
  let undone: Step[] = []
  let opened = false
  let writing = false
  let dirty = false

  function change(patch: Partial<Planning>) {
    state = { ...state, ...patch, undoable: done.at(-1)?.what, redoable: undone.at(-1)?.what }
    for (const listener of listeners) listener()
  }

  function setPlan(plan: PlanInput, patch: Partial<Planning> = {}) {
    const { roundId, stopId } = { ...state, ...patch }
    const round = plan.rounds.find(({ id }) => id === roundId) ?? plan.rounds[0]
    change({
      ...patch,
      plan,
      roundId: round?.id,
      stopId: stopId !== undefined && findStop(plan, stopId) ? stopId : undefined,
    })
    void keep()
  }

  const kept = () => ({
    savedAt: new Date().toISOString(),
    draft: state.plan ? { plan: state.plan, saved: state.saved, base: state.base } : null,
  })

  /** One write at a time; what came in meanwhile is in the next one. */
  async function keep() {
    dirty = true
    keeper.note(kept())
    if (writing) return
    writing = true
    while (dirty) {
      dirty = false
      const failed = await keeper.write(kept()).then(
        () => false,
        () => true,
      )
      if (failed !== state.unkept) change({ unkept: failed })
    }
    writing = false
  }

  async function open() {
    await keeper.hold(() => change({ status: 'elsewhere' }))
    const found = await keeper.read().catch(() => undefined)
    const draft = found?.draft as { plan?: unknown; saved?: unknown; base?: PlanBase } | null | undefined
    if (!draft) return change({ status: 'ready' })
    const plan = planInputSchema.safeParse(draft.plan)
    const saved = draft.saved === undefined ? undefined : planInputSchema.safeParse(draft.saved)
    if (!plan.success || saved?.success === false) {
      await keeper.putAside(found).catch(() => undefined)
      change({ status: 'ready', damaged: true })
      return void keep()
    }
    const isChanged = !saved || JSON.stringify(saved.data) !== JSON.stringify(plan.data)
    const isUntouched = !saved && plan.data.rounds.length === 0
    change({
      status: 'ready',
      plan: plan.data,
      // The same object says that nothing is to be saved.
      saved: isChanged ? saved?.data : plan.data,
      base: draft.base,
      roundId: plan.data.rounds[0]?.id,
      restored: isChanged && !isUntouched ? found!.savedAt : undefined,
    })
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getSnapshot: () => state,
    /** Reads and holds the kept copy; further calls do nothing. */
    open() {
      if (opened) return
      opened = true
      void open()
    },
    /** One edit, named by a key below `planning.did`. `choose`: what is chosen afterwards. */
    edit(what: string, next: (plan: PlanInput) => PlanInput, choose?: { roundId?: string; stopId?: string }) {
      if (state.status !== 'ready' || !state.plan) return
      const plan = next(state.plan)
      if (plan === state.plan) return choose && change(choose)
      done = [...done, { what, plan: state.plan }].slice(-MOST_STEPS)
      undone = []
      setPlan(plan, choose)
    },
    undo(): string | undefined {
      const step = done.at(-1)
      if (!step || !state.plan) return undefined
      done = done.slice(0, -1)
      undone = [...undone, { what: step.what, plan: state.plan }]
      setPlan(step.plan)
      return step.what
    },
    redo(): string | undefined {
      const step = undone.at(-1)
      if (!step || !state.plan) return undefined
      undone = undone.slice(0, -1)
      done = [...done, { what: step.what, plan: state.plan }]
      setPlan(step.plan)
      return step.what
    },
    choose: (roundId: string | undefined, stopId?: string) => change({ roundId, stopId }),
    /** A plan that was never saved. */
    begin(plan: PlanInput) {
      done = []
      undone = []
      setPlan(plan, { ...CLOSED, restored: undefined })
    },
    /** A plan as the server answered it. */
    load(plan: Plan) {
      const input = inputOf(plan)
      done = []
      undone = []
      setPlan(input, { ...CLOSED, saved: input, base: baseOf(plan), restored: undefined })
    },
    /** What was sent is saved; what was changed since stays. */
    markSaved(sent: PlanInput, plan: Plan) {
      if (!state.plan) return
      change({ saved: sent, base: baseOf(plan), restored: undefined })
      void keep()
    },
    /** The server holds another version: what is here goes on from it and replaces it when it is saved. */
    goOnFrom(plan: Plan) {
      change({ saved: inputOf(plan), base: baseOf(plan) })
      void keep()
    },
    /** The server holds the same version, handed out by somebody else. */
    noteBase(plan: Plan) {
      change({ base: baseOf(plan) })
      void keep()
    },
    /** The function returned opens it again as it was, undo included. */
    close(): () => void {
      const before = { state, done, undone }
      done = []
      undone = []
      change({ ...CLOSED, restored: undefined })
      void keep()
      return () => {
        done = before.done
        undone = before.undone
        change(before.state)
        void keep()
      }
    },
    dismissNotes: () => change({ restored: undefined, damaged: false }),
  }
}

const baseOf = ({ id, version, state, publishedVersion, publishedAt }: Plan): PlanBase => ({
  id,
  version,
  state,
  publishedVersion,
  publishedAt,
})

export const inputOf = (plan: Plan): PlanInput => ({
  name: plan.name,
  from: plan.from,
  to: plan.to,
  area: plan.area,
  teams: plan.teams,
  rounds: plan.rounds,
  unserved: plan.unserved,
  generated: plan.generated,
  note: plan.note,
})

export const planStore = createPlanStore(
  browserKeeper({
    database: 'gridward-plans',
    store: 'drafts',
    key: 'plan',
    lock: 'gridward-plan',
    note: 'gridward.plan',
  }),
)

export const usePlanning = (): Planning => useSyncExternalStore(planStore.subscribe, planStore.getSnapshot)

/** Changed since it was saved. */
export const isChanged = ({ plan, saved }: Planning): boolean => plan !== undefined && plan !== saved
