import { useEffect } from 'react'
import { planStore } from './plan-store.ts'

const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'

/** Ctrl Z takes back the last change of the plan; with Shift, or Ctrl Y, it is done again. */
export function useUndoKeys(): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return
      if (event.target instanceof Element && event.target.closest(TYPING)) return
      if (document.querySelector('[role=dialog], .gw-edit')) return
      const key = event.key.toLowerCase()
      if (key === 'z' && !event.shiftKey) planStore.undo()
      else if (key === 'y' || key === 'z') planStore.redo()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [])
}
