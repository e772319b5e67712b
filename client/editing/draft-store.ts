import { useSyncExternalStore } from 'react'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import {
  applyEdit,
  type Change,
  type Draft,
  draftKey,
  type Edit,
  EMPTY_DRAFT,
  nextNewId,
  rebase,
  redo,
  type StoredInput,
  type Touched,
  toChangeSet,
  touched,
  undo,
} from '../../geodata/editing/draft.ts'
import { draftFromJson, draftToJson } from '../../geodata/editing/draft-json.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { browserKeeper, type DraftKeeper, type KeptDraft } from '../ui/draft-keeper.ts'
import { attempts, pendingAttempt } from './review/attempt.ts'

export interface DraftState {
  /**
   * `loading` until the kept copy is read; `elsewhere` while another tab of this browser holds the draft; `saving`
   * while it is sent and nothing may be added; `unanswered` after it was sent without an answer: it may have been saved,
   * and what is new in it would be made twice if it were changed and sent again. It can be sent as it is, or discarded.
   */
  status: 'loading' | 'ready' | 'elsewhere' | 'saving' | 'unanswered'
  draft: Draft
  /** Features that differ from what the server holds. */
  touched: readonly Touched[]
  /** The same by `draftKey`. */
  byKey: ReadonlyMap<string, Touched>
  /** Cells that only moved to another parent are in here and not in `touched`. */
  current: ReadonlyMap<string, StoredInput | null>
  /** Found when the page was opened: when it was kept and how many features it touches. */
  restored: { at: string; changes: number } | undefined
  /** The kept copy could not be read and was put aside; the reason in words. */
  damaged: string | undefined
  /** The last change could not be kept by the browser: it lives only in this tab. */
  unkept: boolean
}

export interface DraftStore {
  subscribe(listener: () => void): () => void
  getSnapshot(): DraftState
  /**
   * Takes in one edit, at once and for good: it is kept before anything else happens. Answers false while another tab
   * holds the draft, or an answer is awaited. Throws when an edit does not start from the draft's state, which is a bug.
   */
  apply(edit: Edit): boolean
  /** Answer what changed on the way, undefined when there was nothing to undo or redo. */
  undo(): Change[] | undefined
  redo(): Change[] | undefined
  /** Throws the draft away. The function returned brings it back, undo and redo included. */
  discard(): () => void
  /**
   * Takes one feature back to what it was, as a further edit that can be undone. A cell takes along those that were
   * edited together with it: alone it would leave gaps.
   */
  revert(layer: LayerId, id: number): void
  /** For a conflict: from now on the feature starts from `theirs` and is wanted as `mine`. See `rebase`. */
  rebase(at: { layer: LayerId; id: number }, theirs: StoredInput | null, mine: StoredInput | null): void
  /** A negative id for a new feature, unused in this draft. */
  nextId(): number
  toChangeSet(): ChangeSet
  /** Lets nothing in until the function returned is called; `saved` empties the draft, `unanswered` keeps it closed. */
  freeze(): (outcome: 'saved' | 'refused' | 'unanswered') => void
  /** Begins to read and hold the kept copy; further calls do nothing. */
  open(): void
  /** The note about what was restored, or damaged, has been read. */
  dismissNotes(): void
}

/**
 * The draft of one browser. A tab that does not hold it shows none and takes no edit. `isUnanswered` tells whether just
 * these changes were sent before and never answered.
 */
export function createDraftStore(
  keeper: DraftKeeper,
  isUnanswered: (changes: ChangeSet) => boolean = () => false,
): DraftStore {
  const listeners = new Set<() => void>()
  let state: DraftState = stateOf(EMPTY_DRAFT, {
    status: 'loading',
    restored: undefined,
    damaged: undefined,
    unkept: false,
  })
  let opened = false
  let writing = false
  let unwritten: KeptDraft | undefined
  let lastId = 0

  function change(next: DraftState) {
    state = next
    for (const listener of listeners) listener()
  }

  function setDraft(draft: Draft) {
    change(stateOf(draft, state))
    void keep()
  }

  const statusOf = (draft: Draft) =>
    draft.done.length > 0 && isUnanswered(toChangeSet(draft)) ? 'unanswered' : 'ready'

  /** One write at a time; what came in meanwhile is in the next one. */
  async function keep() {
    unwritten = { savedAt: new Date().toISOString(), draft: draftToJson(state.draft) }
    keeper.note(unwritten)
    if (writing) return
    writing = true
    while (unwritten) {
      const next: KeptDraft = unwritten
      unwritten = undefined
      const failed = await keeper.write(next).then(
        () => false,
        () => true,
      )
      if (failed !== state.unkept) change({ ...state, unkept: failed })
    }
    writing = false
  }

  async function open() {
    await keeper.hold(() => change({ ...state, status: 'elsewhere' }))
    const kept = await keeper.read().catch(() => undefined)
    if (kept === undefined) return change({ ...state, status: 'ready' })
    const read = draftFromJson(kept.draft)
    if (!read.ok) {
      await keeper.putAside(kept).catch(() => undefined)
      change({ ...state, status: 'ready', damaged: read.reason })
      return void keep()
    }
    const next = stateOf(read.draft, { ...state, status: statusOf(read.draft) })
    const changes = next.touched.length
    change({ ...next, restored: changes > 0 ? { at: kept.savedAt, changes } : undefined })
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => state,
    apply(edit) {
      if (state.status !== 'ready') return false
      const draft = applyEdit(state.draft, edit)
      if (draft !== state.draft) setDraft(draft)
      return true
    },
    undo() {
      const step = state.status === 'ready' ? undo(state.draft) : undefined
      if (step) setDraft(step.draft)
      return step?.changes
    },
    redo() {
      const step = state.status === 'ready' ? redo(state.draft) : undefined
      if (step) setDraft(step.draft)
      return step?.changes
    },
    discard() {
      const before = state.draft
      const put = (draft: Draft) => {
        state = { ...state, status: statusOf(draft) }
        setDraft(draft)
      }
      if (state.status === 'ready' || state.status === 'unanswered') put(EMPTY_DRAFT)
      return () => {
        if (state.draft.done.length === 0) put(before)
      }
    },
    revert(layer, id) {
      if (!state.byKey.has(draftKey(layer, id)) || state.status !== 'ready') return
      const changes = editedTogether(state.draft, draftKey(layer, id))
      setDraft(applyEdit(state.draft, { what: 'revert', changes }))
    },
    rebase(at, theirs, mine) {
      if (state.status === 'ready') setDraft(rebase(state.draft, at, theirs, mine))
    },
    nextId() {
      lastId = Math.min(lastId - 1, nextNewId(state.draft))
      return lastId
    },
    freeze() {
      if (state.status === 'ready' || state.status === 'unanswered') change({ ...state, status: 'saving' })
      return (outcome) => {
        if (state.status === 'saving')
          change({ ...state, status: outcome === 'unanswered' ? 'unanswered' : 'ready' })
        if (outcome === 'saved') setDraft(EMPTY_DRAFT)
      }
    },
    toChangeSet: () => toChangeSet(state.draft),
    open() {
      if (opened) return
      opened = true
      void open()
    },
    dismissNotes: () => change({ ...state, restored: undefined, damaged: undefined }),
  }
}

const CELLS = new Set<LayerId>(['communities', 'grids', 'micro-grids'])

/** What takes back a feature and, for a cell, all cells that hang together with it by edits. */
function editedTogether(draft: Draft, key: string): Change[] {
  const bases = new Map<string, Change>()
  for (const { changes } of draft.done) {
    for (const { layer, id, before, after } of changes) {
      const at = draftKey(layer, id)
      bases.set(at, { layer, id, before: after, after: bases.has(at) ? bases.get(at)!.after : before })
    }
  }
  const reached = new Set([key])
  const isCell = CELLS.has(bases.get(key)!.layer)
  for (let size = 0; isCell && size < reached.size; ) {
    size = reached.size
    for (const { changes } of draft.done) {
      const cells = changes
        .filter(({ layer }) => CELLS.has(layer))
        .map(({ layer, id }) => draftKey(layer, id))
      if (cells.some((at) => reached.has(at))) for (const at of cells) reached.add(at)
    }
  }
  return [...reached].map((at) => bases.get(at)!)
}

function stateOf(
  draft: Draft,
  rest: Pick<DraftState, 'status' | 'restored' | 'damaged' | 'unkept'>,
): DraftState {
  const list = touched(draft)
  const current = new Map<string, StoredInput | null>()
  for (const { changes } of draft.done)
    for (const { layer, id, after } of changes) current.set(draftKey(layer, id), after)
  return {
    status: rest.status,
    restored: rest.restored,
    damaged: rest.damaged,
    unkept: rest.unkept,
    draft,
    touched: list,
    byKey: new Map(list.map((entry) => [draftKey(entry.layer, entry.id), entry])),
    current,
  }
}

/** The draft of this browser. Panels call `open()` when they mount and read it with `useDraft`. */
export const draftStore: DraftStore = createDraftStore(
  browserKeeper({
    database: 'gridward',
    store: 'editing',
    key: 'draft',
    lock: 'gridward-draft',
    note: 'gridward.draft',
  }),
  (changes) => pendingAttempt(changes, attempts) !== undefined,
)

export const useDraft = (): DraftState => useSyncExternalStore(draftStore.subscribe, draftStore.getSnapshot)
