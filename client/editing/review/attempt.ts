import { newUuid } from '../../ui/new-uuid.ts'

/** Where the name of an attempt to save outlives the page. */
export interface AttemptKeeper {
  read(): string | null
  write(text: string): void
  clear(): void
}

const KEY = 'gridward-save-attempt'

/** The browser's own, one for the page; one that refuses to keep anything only loses the name when the page is closed. */
function browserAttempts(): AttemptKeeper {
  let here: string | null = null
  const attempt = <T>(run: () => T, otherwise: T): T => {
    try {
      return run()
    } catch {
      return otherwise
    }
  }
  return {
    read: () => here ?? attempt(() => localStorage.getItem(KEY), null),
    write(text) {
      here = text
      attempt(() => localStorage.setItem(KEY, text), undefined)
    },
    clear() {
      here = null
      attempt(() => localStorage.removeItem(KEY), undefined)
    },
  }
}

interface Attempt {
  id: string
  print: string
  note: string | undefined
}

/**
 * The id under which something is sent: the same one for the same content until its answer has come, after a reload
 * too, so that a save whose answer was lost is not made twice. Other content gets an id of its own.
 */
export function attemptId(changes: unknown, note: string | undefined, keeper: AttemptKeeper): string {
  const print = printOf(JSON.stringify(changes))
  const kept = readAttempt(keeper)
  if (kept?.print === print && kept.note === note) return kept.id
  const attempt: Attempt = { id: newUuid(), print, note }
  keeper.write(JSON.stringify(attempt))
  return attempt.id
}

/** The attempt to save exactly these changes whose answer never came, with the note it was sent with. */
export function pendingAttempt(changes: unknown, keeper: AttemptKeeper): Attempt | undefined {
  const kept = readAttempt(keeper)
  return kept?.print === printOf(JSON.stringify(changes)) ? kept : undefined
}

function readAttempt(keeper: AttemptKeeper): Attempt | undefined {
  try {
    const { id, print, note } = JSON.parse(keeper.read() ?? '') as Partial<Attempt>
    return typeof id === 'string' && typeof print === 'string' ? { id, print, note } : undefined
  } catch {
    return undefined
  }
}

/** Length and a 64-bit hash (FNV-1a, twice): pages over plain HTTP have no crypto.subtle. A clash is refused by the server. */
function printOf(text: string): string {
  let one = 0x811c9dc5
  let two = 0x01000193
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x01000193)
    two = Math.imul(two ^ (unit + at), 0x85ebca6b)
  }
  return `${text.length}-${(one >>> 0).toString(36)}-${(two >>> 0).toString(36)}`
}

/** The saves of this browser. */
export const attempts: AttemptKeeper = browserAttempts()
