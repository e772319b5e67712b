import { useEffect, useRef } from 'react'

/** What has an Esc of its own: fields, open lists, menus and dialogs. */
const OWN =
  'input:not([type=radio], [type=checkbox]), textarea, select, [role=listbox], [role=menu], [role=dialog]'

/** Esc leaves the tool, before the page's own keys, for which it means the next larger place. */
export function useEscape(leave: () => void): void {
  const latest = useRef(leave)
  latest.current = leave
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.isComposing || document.querySelector('[role=dialog]')) return
      if (event.target instanceof Element && event.target.closest(OWN)) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])
}
