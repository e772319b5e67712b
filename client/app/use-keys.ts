import { useEffect, useRef } from 'react'
import type { Command } from './commands.ts'
import { matchKeys } from './match-keys.ts'

const TYPING = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]'
const OPEN = '[role=dialog], [role=menu]'
const SEQUENCE_MS = 1500

/** Runs the command of a key. Never while someone types or a dialog is open, nor where a part of the page took it. */
export function useKeys(commands: readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => {
    let pending: { key: string; at: number } | undefined
    function onKey(event: KeyboardEvent) {
      const target = event.target as HTMLElement
      if (event.defaultPrevented || event.isComposing) return
      if (target.closest?.(TYPING) || document.querySelector(OPEN)) return
      const begun = pending && event.timeStamp - pending.at < SEQUENCE_MS ? pending.key : undefined
      const onMap = target instanceof HTMLCanvasElement
      const found = matchKeys(latest.current, event, begun, onMap)
      pending = found.pending === undefined ? undefined : { key: found.pending, at: event.timeStamp }
      if (!found.command) return
      // Enter on a button is the button's.
      event.preventDefault()
      found.command.run?.()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
