import { useSyncExternalStore } from 'react'
import { type Shift, tonight } from './shift.ts'

let chosen: Shift | undefined
const listeners = new Set<() => void>()

/** The shift that is looked at while no plan is open. */
export function chooseShift(next: Shift): void {
  chosen = next
  for (const listener of listeners) listener()
}

export function chosenShift(): Shift {
  chosen ??= tonight(new Date())
  return chosen
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const useChosenShift = (): Shift => useSyncExternalStore(subscribe, chosenShift)
