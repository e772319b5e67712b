import { useEffect, useState } from 'react'

/** With reduced motion the moment goes on by a step each second, not by itself all the time. */
const STEP_MS = 1000

export interface Playing {
  second: number
  isPlaying: boolean
  /** Seconds played for each second that is looked at. */
  speed: number
  setSpeed(next: number): void
  /** Stops where it was put. */
  seek(second: number): void
  toggle(): void
}

/**
 * A moment between two others that goes on while it is played; it never begins to by itself. It stands at `start`, or at the end.
 */
export function usePlaying(from: number, to: number, firstSpeed: number, start?: number): Playing {
  const [chosen, setChosen] = useState(start)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(firstSpeed)
  const second = Math.min(to, Math.max(from, chosen ?? to))
  useEffect(() => {
    if (!isPlaying) return
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    let last = performance.now()
    let frame = 0
    const go = (now: number) => {
      const passed = (now - last) / 1000
      last = now
      setChosen((before) => Math.min(to, (before ?? from) + passed * speed))
      if (!isStill) frame = requestAnimationFrame(go)
    }
    const timer = isStill ? setInterval(() => go(performance.now()), STEP_MS) : undefined
    if (!isStill) frame = requestAnimationFrame(go)
    return () => {
      cancelAnimationFrame(frame)
      clearInterval(timer)
    }
  }, [isPlaying, speed, from, to])
  useEffect(() => {
    if (isPlaying && second >= to) setPlaying(false)
  }, [isPlaying, second, to])
  return {
    second,
    isPlaying,
    speed,
    setSpeed,
    seek(next) {
      setPlaying(false)
      setChosen(next)
    },
    toggle() {
      // From the end it begins anew.
      if (!isPlaying && second >= to) setChosen(from)
      setPlaying(!isPlaying)
    },
  }
}
