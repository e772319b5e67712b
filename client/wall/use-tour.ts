import { useEffect, useReducer, useRef } from 'react'
import { TOUR_START, type TourAction, type TourState, type TourWorld, tour } from './tour.ts'

/** Runs the tour while `isRunning`: by the clock that only runs, so that a set clock makes it neither jump nor stand. */
export function useTour(
  world: TourWorld,
  isRunning: boolean,
  runningMs: number,
): [TourState, (kind: 'next' | 'previous' | 'pause') => void] {
  const latest = useRef(world)
  latest.current = world
  const [state, act] = useReducer(
    (now: TourState, action: TourAction) => tour(now, action, latest.current),
    TOUR_START,
  )
  const last = useRef(runningMs)
  useEffect(() => {
    const ms = runningMs - last.current
    last.current = runningMs
    if (isRunning && ms > 0) act({ kind: 'tick', ms })
  }, [isRunning, runningMs])
  return [state, (kind) => act({ kind })]
}
