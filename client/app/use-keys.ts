import { useEffect } from 'react'

interface Keys {
  up(): void
  enter(): void
}

const TYPING = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]'

/** Esc and Backspace go up a level; Enter with the map in focus goes down at its middle. Never while someone types. */
export function useKeys({ up, enter }: Keys): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.target as HTMLElement
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      if (target.closest?.(TYPING) || document.querySelector('[role=dialog], [role=menu]')) return
      if (event.key === 'Escape' || event.key === 'Backspace') {
        event.preventDefault()
        up()
      } else if (event.key === 'Enter' && target instanceof HTMLCanvasElement) enter()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [up, enter])
}
