import { draftKey } from '../../geodata/editing/draft.ts'
import { invertChangeSet } from '../../geodata/editing/invert-change-set.ts'
import { saveChanges } from '../api/changes.ts'
import { ApiError } from '../api/request.ts'
import type { DraftStore } from './draft-store.ts'
import { attemptId, attempts } from './review/attempt.ts'

const TRIES = 3

/**
 * Sends the draft as one change set and empties it; answers how to take the save back. A lost answer is asked for
 * again under the same id, now or when somebody saves the same draft later, which applies nothing twice. Throws
 * ApiError, the draft being as it was.
 */
export async function saveDraft(store: DraftStore, note?: string): Promise<() => Promise<void>> {
  const changes = store.toChangeSet()
  const { byKey } = store.getSnapshot()
  const release = store.freeze()
  try {
    const saved = await send(changes, note)
    release(true)
    const inverse = invertChangeSet(changes, saved, (layer, id) => byKey.get(draftKey(layer, id))?.base)
    return async () => void (await send(inverse, undefined))
  } catch (error) {
    release(false)
    throw error
  }
}

async function send(changes: Parameters<typeof saveChanges>[1], note: string | undefined) {
  const id = attemptId(changes, note, attempts)
  for (let tries = 1; ; tries++) {
    try {
      const saved = await saveChanges(id, changes, note)
      attempts.clear()
      return saved
    } catch (error) {
      const lost = error instanceof ApiError && (error.status === 0 || error.status >= 500)
      // An answer, if only a refusal: nothing was applied under this id.
      if (!lost) attempts.clear()
      if (!lost || tries === TRIES) throw error
    }
  }
}
