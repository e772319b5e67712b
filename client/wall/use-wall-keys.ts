import { useEffect, useRef } from 'react'
import { type Answers, SHELVE_MINUTES } from './use-answers.ts'
import { type Choice, groupKey } from './use-choice.ts'

export interface WallKeys {
  choice: Choice
  tour(kind: 'next' | 'previous' | 'pause'): void
  /** undefined: nobody here may answer. */
  answers: Answers | undefined
}

/** Everything on the wall by keyboard; keys in a field are letters. */
export function useWallKeys(keys: WallKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const { target } = event
      if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return
      if (act(event.key, latest.current, target)) event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

function act(key: string, { choice, tour, answers }: WallKeys, target: EventTarget | null): boolean {
  const { alarms, groups, chosen, choose, isShelving, onShelving } = choice
  const move = (by: 1 | -1) => {
    const listed = groups?.map(groupKey) ?? alarms.map((alarm) => alarm.key)
    if (listed.length === 0) return
    const at = listed.indexOf(choice.key ?? '')
    choose(listed[at < 0 ? 0 : Math.min(listed.length - 1, Math.max(0, at + by))])
  }
  switch (key) {
    case 'ArrowLeft':
      tour('previous')
      return true
    case 'ArrowRight':
      tour('next')
      return true
    case 'ArrowDown':
      move(1)
      return true
    case 'ArrowUp':
      move(-1)
      return true
    case 'Enter':
      // On a button or link it is that one's own.
      if (!groups || target !== document.body) return false
      choice.openGroup()
      return true
    case ' ':
      if (target instanceof HTMLButtonElement) return false
      tour('pause')
      return true
    case 'Escape':
      choice.back()
      return true
    case 'h':
      choice.list({ kind: choice.listing.kind === 'shelved' ? 'all' : 'shelved' })
      return true
  }
  if (!answers) return false
  if (key === 'z' && answers.canUndo) {
    answers.undo()
    return true
  }
  if (!chosen) return false
  const minutes = SHELVE_MINUTES[Number(key) - 1]
  if (key === 'a' && chosen.state === 'new') answers.acknowledge(chosen)
  else if (key === 'u' && chosen.state !== 'new') answers.withdraw(chosen)
  else if (key === 's') onShelving(true)
  else if (isShelving && minutes !== undefined) {
    answers.shelve(chosen, minutes)
    onShelving(false)
  } else return false
  return true
}
