import { createStore, get, set } from 'idb-keyval'
import { ofOwner } from './draft-owner.ts'

/** What is kept between visits. Whoever reads `draft` refuses what does not fit. */
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

/** Under which names one kind of draft is kept; no two kinds share any. */
export interface DraftNames {
  /** IndexedDB. */
  database: string
  store: string
  key: string
  lock: string
  /** In localStorage, until IndexedDB has the same: a write there takes some milliseconds, and a reload ends it. */
  note: string
}

/** localStorage holds about 5 million characters for the whole origin. */
const MOST_NOTE = 2_000_000

/**
 * IndexedDB and the browser's locks. A page that is opened over plain HTTP from another machine has no locks: there,
 * two tabs are the user's to keep apart.
 */
export function browserKeeper(names: DraftNames): DraftKeeper {
  // Each person's own, on a browser that several use in turn; known by the time a draft is opened.
  const store = createStore(names.database, names.store)
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
        void locks.request(ofOwner(names.lock), { ifAvailable: true }, (lock) => {
          if (lock) return keep()
          onWait()
          void locks.request(ofOwner(names.lock), keep)
          return undefined
        })
      })
    },
    async read() {
      const noted = readNote(names.note)
      const kept = await get<KeptDraft>(ofOwner(names.key), store)
      return noted && (!kept || noted.savedAt > kept.savedAt) ? noted : kept
    },
    note(kept) {
      try {
        const text = JSON.stringify(kept)
        if (text.length <= MOST_NOTE) localStorage.setItem(ofOwner(names.note), text)
        else localStorage.removeItem(ofOwner(names.note))
      } catch {
        // Full or refused: IndexedDB is on its way.
      }
    },
    async write(kept) {
      await set(ofOwner(names.key), kept, store)
      if (readNote(names.note)?.savedAt === kept.savedAt) localStorage.removeItem(ofOwner(names.note))
    },
    putAside: (kept) => set(`damaged ${new Date().toISOString()}`, kept, store),
  }
}

function readNote(note: string): KeptDraft | undefined {
  try {
    const noted: Partial<KeptDraft> | null = JSON.parse(localStorage.getItem(ofOwner(note)) ?? 'null')
    return typeof noted?.savedAt === 'string' ? { savedAt: noted.savedAt, draft: noted.draft } : undefined
  } catch {
    return undefined
  }
}
