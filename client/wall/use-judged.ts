import { useEffect, useState } from 'react'
import { PICTURE_MS, type WallKnown } from './wall-store.ts'
import { type Judgement, judge } from './watchdog.ts'

const tickOf = (beatMs: number): number => Math.min(1000, beatMs / 4)

/** The clock that only runs, once a second, or more often where beats are. */
export function useRunning(beatMs: number): number {
  const [runningMs, tick] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => tick(performance.now()), tickOf(beatMs))
    return () => clearInterval(timer)
  }, [beatMs])
  return runningMs
}

/** How far what is known may be trusted now. */
export function judged(known: WallKnown, beatMs: number, runningMs: number): Judgement {
  const { picture, beat, beatHeard, pictureHeard, startedMs, jump } = known
  // Those that beats tell of are newer there, and cannot be told of more often than there are beats.
  const ofBeat = (beat?.sources ?? []).map((source) => ({
    ...source,
    intervalSeconds: Math.max(source.intervalSeconds, beatMs / 1000),
  }))
  const ofPicture = (picture?.sources ?? []).filter(({ id }) => !ofBeat.some((one) => one.id === id))
  return judge(
    {
      startedMs,
      // A timer may come late.
      againMs: 2 * tickOf(beatMs),
      beatMs,
      beatHeard,
      pictureMs: Math.max(PICTURE_MS, beatMs),
      pictureHeard,
      // A clock that was set back is no sleep, but what came before is proved anew all the same.
      doubtedMs: jump?.atMs,
      sources: [...ofBeat, ...ofPicture],
    },
    runningMs,
  )
}
