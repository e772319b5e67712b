import { useEffect, useRef, useState } from 'react'
import { cleanQuery } from '../app/filters.ts'

const PAUSE_MS = 300

/** The text of a filter as it is typed: it reaches the link after a pause, and follows the link when that changes. */
export function useFilterText(
  q: string | undefined,
  apply: (q: string | undefined) => void,
): [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(q ?? '')
  const latest = useRef(apply)
  latest.current = apply
  const told = useRef(q)
  useEffect(() => {
    if (q === told.current) return
    told.current = q
    setText(q ?? '')
  }, [q])
  useEffect(() => {
    const next = cleanQuery(text)
    if (next === told.current) return
    const timer = setTimeout(() => {
      told.current = next
      latest.current(next)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return [text, setText]
}
