import { useEffect, useState } from 'react'
import { tellStatus } from '../api/walls.ts'
import { newUuid } from '../ui/new-uuid.ts'

const AGAIN_MS = 60_000
const MOST_LETTERS = 300

interface Status {
  name: string
  layout: string | undefined
  build: string | undefined
  /** What is wrong, for people to read; empty: nothing. */
  problem: string
  /** Nobody hears of a wall that is not let in, or that the server does not answer. */
  isHeard: boolean
}

/** Tells the server every minute, and when it changes, that this wall is there and how it is. */
export function useStatus({ name, layout, build, problem, isHeard }: Status): void {
  const [wall] = useState(newUuid)
  useEffect(() => {
    if (!isHeard) return
    const tell = () => {
      const { width, height } = screen
      const status = {
        wall,
        name,
        layout: layout ?? null,
        pageBuild: build ?? '',
        screen: {
          widthPixels: Math.max(1, Math.round(width * devicePixelRatio)),
          heightPixels: Math.max(1, Math.round(height * devicePixelRatio)),
        },
        problem: problem.slice(0, MOST_LETTERS) || null,
      }
      // The list of walls shows one that is silent as such.
      tellStatus(status).catch(() => {})
    }
    tell()
    const timer = setInterval(tell, AGAIN_MS)
    return () => clearInterval(timer)
  }, [wall, name, layout, build, problem, isHeard])
}
