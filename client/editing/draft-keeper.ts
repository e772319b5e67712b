import { createStore, get, set } from 'idb-keyval'
import { ofOwner } from '../ui/draft-owner.ts'

/** What is kept between visits. `draft` is read by draft.ts, which refuses what does not fit. */
export interface KeptDraft {
  savedAt: string
  draft: unknown
}

/** Where the draft outlives the page, and who may write it. */
export interface DraftKeeper {
  /**
   * Waits for the turn to hold the draft: one page of the browser does at a time. `onWait` is called when another one
   * has it. The promise returned ends when it is this page's turn.
   */
  hold(onWait: () => void): Promise<void>
  read(): Promise<KeptDraft | undefined>
  /** Keeps the draft before it returns, for a page that may be gone the next moment; gives up where it cannot. */
  note(kept: KeptDraft): void
  write(kept: KeptDraft): Promise<void>
  /** Puts a copy that cannot be read out of the way, where support can still get at it. */
  putAside(kept: unknown): Promise<void>
}

const KEY = 'draft'
const LOCK = 'gridward-draft'
/** In localStorage, until IndexedDB has the same: a write there takes some milliseconds, and a reload ends it. */
const NOTE = 'gridward.draft'
/** localStorage holds about 5 million characters for the whole origin. */
const MOST_NOTE = 2_000_000

/**
 * IndexedDB and the browser's locks. A page that is opened over plain HTTP from another machine has no locks: there,
 * two tabs are the user's to keep apart.
 */
export function browserKeeper(): DraftKeeper {
  // Each person's own, on a browser that several use in turn; known by the time a draft is opened.
  const store = createStore('gridward', 'editing')
  return {
    hold(onWait) {
      const locks: LockManager | undefined = navigator.locks
      if (!locks) return Promise.resolve()
      return new Promise((held) => {
        // Held until the page goes away, however it goes.
        const keep = () => {
          held()
          return new Promise<void>(() => {})
        }
        void locks.request(ofOwner(LOCK), { ifAvailable: true }, (lock) => {
          if (lock) return keep()
          onWait()
          void locks.request(ofOwner(LOCK), keep)
          return undefined
        })
      })
    },
    async read() {
      const noted = readNote()
      const kept = await get<KeptDraft>(ofOwner(KEY), store)
      return noted && (!kept || noted.savedAt > kept.savedAt) ? noted : kept
    },
    note(kept) {
      try {
        const text = JSON.stringify(kept)
        if (text.length <= MOST_NOTE) localStorage.setItem(ofOwner(NOTE), text)
        else localStorage.removeItem(ofOwner(NOTE))
      } catch {
        // Full or refused: IndexedDB is on its way.
      }
    },
    async write(kept) {
      await set(ofOwner(KEY), kept, store)
      if (readNote()?.savedAt === kept.savedAt) localStorage.removeItem(ofOwner(NOTE))
    },
    putAside: (kept) => set(`damaged ${new Date().toISOString()}`, kept, store),
  }
}

function readNote(): KeptDraft | undefined {
  try {
    const noted: Partial<KeptDraft> | null = JSON.parse(localStorage.getItem(ofOwner(NOTE)) ?? 'null')
    return typeof noted?.savedAt === 'string' ? { savedAt: noted.savedAt, draft: noted.draft } : undefined
  } catch {
    return undefined
  }
}
