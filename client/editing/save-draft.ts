import { draftKey } from '../../geodata/editing/draft.ts'
import { invertChangeSet } from '../../geodata/editing/invert-change-set.ts'
import { saveChanges } from '../api/changes.ts'
import { ApiError } from '../api/request.ts'
import type { DraftStore } from './draft-store.ts'
import { newUuid } from './new-uuid.ts'

const TRIES = 3

/**
 * Sends the draft as one change set and empties it; answers how to take the save back. A lost answer is asked for
 * again under the same id, which applies nothing twice. Throws ApiError, the draft being as it was.
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
  const id = newUuid()
  for (let tries = 1; ; tries++) {
    try {
      return await saveChanges(id, changes, note)
    } catch (error) {
      const lost = error instanceof ApiError && error.status === 0
      if (!lost || tries === TRIES) throw error
    }
  }
}
