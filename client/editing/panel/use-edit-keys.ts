import { useEffect } from 'react'
import { draftStore } from '../draft-store.ts'
import { EDIT_KEYS, isOneOf, MODE_KEYS } from '../keys/edit-keys.ts'
import type { Session } from '../session.ts'
import { MODE_LIST, offers } from './mode-list.ts'

/** Boxes to tick take no text. */
const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]'
const OPEN = '[role=dialog], [role=menu]'

/**
 * The editor's keys. They are taken before the rest of the page sees them: while one edits, arrows move a vertex and
 * not the map, and Esc gives up a step and not the selection.
 */
export function useEditKeys(session: Session, close: () => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.target as HTMLElement
      if (event.isComposing || target.closest?.(TYPING) || document.querySelector(OPEN)) return
      if (!answer(event, session, close)) return
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [session, close])
}

const { any } = EDIT_KEYS

function answer(event: KeyboardEvent, session: Session, close: () => void): boolean {
  const is = (keys: readonly string[]) => isOneOf(keys, event)
  const mode = session.mode()
  if (is(any.undo)) {
    // A sketch's points are the latest thing that was done.
    if (!mode.back?.()) draftStore.undo()
    return true
  }
  if (is(any.redo)) {
    draftStore.redo()
    return true
  }
  if (event.ctrlKey || event.metaKey) return false
  if (mode.key?.(event)) return true
  const onButton = (event.target as HTMLElement).closest?.('button, a') !== null
  if (event.altKey) return false
  if (is(any.cancel)) {
    if (!mode.cancel?.()) {
      if (session.getSnapshot().mode !== 'select') session.setMode('select')
      else close()
    }
    return true
  }
  if (is(any.finish) && !onButton && mode.finish) {
    mode.finish()
    return true
  }
  if (is(any.back) && mode.back) {
    mode.back()
    return true
  }
  if (is(any.delete)) {
    session.removeTarget()
    return true
  }
  const state = session.getSnapshot()
  if (is(any.snap)) session.toggleSnapping()
  else if (is(any.trace)) session.toggleTracing()
  else if (is(any.close)) close()
  else if (is(any.square)) session.makeRightAngles()
  else {
    const wanted = MODE_LIST.find((entry) => is([MODE_KEYS[entry.id]]) && offers(entry, state) === true)
    if (!wanted) return false
    session.setMode(wanted.id)
  }
  return true
}
