import { useEffect } from 'react'
import { draftStore } from '../draft-store.ts'
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

function answer(event: KeyboardEvent, session: Session, close: () => void): boolean {
  const { key } = event
  const mode = session.mode()
  if (event.ctrlKey || event.metaKey) {
    const letter = key.toLowerCase()
    if (letter === 'z' && !event.shiftKey) {
      // A sketch's points are the latest thing that was done.
      if (!mode.back?.()) draftStore.undo()
      return true
    }
    if ((letter === 'z' && event.shiftKey) || letter === 'y') {
      draftStore.redo()
      return true
    }
    return false
  }
  if (mode.key?.(event)) return true
  const onButton = (event.target as HTMLElement).closest?.('button, a') !== null
  if (event.altKey) return false
  if (key === 'Escape') {
    if (!mode.cancel?.()) {
      if (session.getSnapshot().mode !== 'select') session.setMode('select')
      else close()
    }
    return true
  }
  if (key === 'Enter' && !onButton && mode.finish) {
    mode.finish()
    return true
  }
  if (key === 'Backspace' && mode.back) {
    mode.back()
    return true
  }
  if (key === 'Delete') {
    session.removeTarget()
    return true
  }
  const state = session.getSnapshot()
  const letter = key.toLowerCase()
  if (letter === 's') session.toggleSnapping()
  else if (letter === 't') session.toggleTracing()
  else if (letter === 'e') close()
  else if (letter === 'q') session.makeRightAngles()
  else {
    const wanted = MODE_LIST.find((entry) => entry.key === letter && offers(entry, state) === true)
    if (!wanted) return false
    session.setMode(wanted.id)
  }
  return true
}
