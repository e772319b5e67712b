import { createStore, get, set } from 'idb-keyval'

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
  write(kept: KeptDraft): Promise<void>
  /** Puts a copy that cannot be read out of the way, where support can still get at it. */
  putAside(kept: unknown): Promise<void>
}

const KEY = 'draft'
const LOCK = 'gridward-draft'

/**
 * IndexedDB and the browser's locks. A page that is opened over plain HTTP from another machine has no locks: there,
 * two tabs are the user's to keep apart.
 */
export function browserKeeper(): DraftKeeper {
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
        void locks.request(LOCK, { ifAvailable: true }, (lock) => {
          if (lock) return keep()
          onWait()
          void locks.request(LOCK, keep)
          return undefined
        })
      })
    },
    read: () => get<KeptDraft>(KEY, store),
    write: (kept) => set(KEY, kept, store),
    putAside: (kept) => set(`damaged ${new Date().toISOString()}`, kept, store),
  }
}
