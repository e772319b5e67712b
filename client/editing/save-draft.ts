import type { SavedChanges } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import { draftKey } from '../../geodata/editing/draft.ts'
import { invertChangeSet } from '../../geodata/editing/invert-change-set.ts'
import { saveChanges } from '../api/changes.ts'
import { ApiError } from '../api/request.ts'
import { newUuid } from '../ui/new-uuid.ts'
import type { DraftStore } from './draft-store.ts'
import { attemptId, attempts } from './review/attempt.ts'

const TRIES = 3

/**
 * Sends the draft as one change set and empties it; answers how to take the save back. A lost answer is asked for
 * again under the same id, now or when somebody saves the draft later, which applies nothing twice; until then the draft
 * takes no edit. Throws ApiError, the draft being as it was.
 */
export async function saveDraft(store: DraftStore, note?: string): Promise<() => Promise<void>> {
  const changes = store.toChangeSet()
  const { byKey } = store.getSnapshot()
  const release = store.freeze()
  try {
    const saved = await send(attemptId(changes, note, attempts), changes, note)
    attempts.clear()
    release('saved')
    const inverse = invertChangeSet(changes, saved, (layer, id) => byKey.get(draftKey(layer, id))?.base)
    // Not among the attempts of the draft, of which there may be another by then.
    const undoId = newUuid()
    return async () => void (await send(undoId, inverse, undefined))
  } catch (error) {
    const unanswered = isUnanswered(error)
    if (!unanswered) attempts.clear()
    release(unanswered ? 'unanswered' : 'refused')
    throw error
  }
}

async function send(id: string, changes: ChangeSet, note: string | undefined): Promise<SavedChanges> {
  for (let tries = 1; ; tries++) {
    try {
      return await saveChanges(id, changes, note)
    } catch (error) {
      if (!isUnanswered(error) || tries === TRIES) throw error
    }
  }
}

/**
 * Whether what was sent may have been applied: silence, a proxy's answer, a database that went away. An error of the
 * server's own (`internal`) is an answer: its transaction did not come about, and a draft that meets it every time must
 * be open to correction.
 */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return error.status === 0 || (error.status >= 500 && error.code !== 'internal')
}
