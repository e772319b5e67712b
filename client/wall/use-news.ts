import { useEffect, useRef, useState } from 'react'
import { newsOf, type Seen } from './news.ts'
import { createSound, type Sound } from './sound.ts'

/** Three pulses of CSS, and a moment. */
const FRESH_MS = 6000
const NONE: ReadonlySet<string> = new Set()

/**
 * Alarms that came a moment ago; they sound where the layout says so and the browser lets it. `of`: what they are alarms of;
 * those of another area are no news.
 */
export function useNews(
  open: readonly string[],
  of: string,
  isLoud: boolean,
): { fresh: ReadonlySet<string>; isBlocked: boolean } {
  const [fresh, setFresh] = useState(NONE)
  const [isBlocked, setBlocked] = useState(false)
  const seen = useRef<{ of: string; keys: Seen }>(undefined)
  const sound = useRef<Sound | undefined>(undefined)
  useEffect(() => {
    if (!isLoud) return
    const made = createSound()
    sound.current = made
    const look = () => setBlocked(!made.isAllowed())
    const allow = () => void made.allow().then(look, look)
    const stop = made.onChange(look)
    look()
    addEventListener('pointerdown', allow)
    addEventListener('keydown', allow)
    return () => {
      removeEventListener('pointerdown', allow)
      removeEventListener('keydown', allow)
      stop()
      made.close()
      sound.current = undefined
      setBlocked(false)
    }
  }, [isLoud])
  const keys = open.join()
  useEffect(() => {
    const known = seen.current?.of === of ? seen.current.keys : undefined
    const news = newsOf(known, keys ? keys.split(',') : [])
    seen.current = { of, keys: news.seen }
    if (news.fresh.length === 0) return
    setFresh((old) => new Set([...old, ...news.fresh]))
    sound.current?.ring(performance.now())
    // Each pulses its own time: the timer outlives the news that come meanwhile.
    setTimeout(
      () => setFresh((old) => new Set([...old].filter((key) => !news.fresh.includes(key)))),
      FRESH_MS,
    )
  }, [keys, of])
  return { fresh, isBlocked }
}
