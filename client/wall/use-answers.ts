import { useEffect, useRef, useState } from 'react'
import type { Alarm } from '../../geodata/walls/alarm.schema.ts'
import { acknowledgeAlarm, shelveAlarm, withdrawAnswer } from '../api/walls.ts'
import { useTexts } from '../ui/i18n.ts'
import { toError } from '../ui/problem-words.ts'
import { titleOf } from './alarm-words.ts'
import { formatClock } from './format.ts'

export const SHELVE_MINUTES = [30, 120, 480, 1440] as const

export interface Answers {
  /** What was done last, or why it was not. */
  said: string | undefined
  /** Whether what was done last can be taken back. */
  canUndo: boolean
  acknowledge(alarm: Alarm): void
  shelve(alarm: Alarm, minutes: number): void
  /** Takes back what anybody answered. */
  withdraw(alarm: Alarm): void
  /** Takes back what was done last. */
  undo(): void
}

const SAID_MS = 15_000

/** Answers to alarms, which hold on every wall. `onDone`: the picture is another now. */
export function useAnswers(nowMs: number, onDone: () => void): Answers {
  const words = useTexts()
  const { t } = words
  const [said, setSaid] = useState<string>()
  const [last, setLast] = useState<Alarm>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  function say(text: string) {
    setSaid(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSaid(undefined), SAID_MS)
  }
  async function run(doing: Promise<unknown>, done: string, undoes: Alarm | undefined) {
    try {
      await doing
      setLast(undoes)
      say(done)
    } catch (thrown) {
      say(t('wall.failedAnswer', { reason: toError(thrown).message }))
    }
    onDone()
  }
  const withdraw = (alarm: Alarm) =>
    void run(withdrawAnswer(alarm.key), t('wall.didWithdraw', { title: titleOf(alarm, words) }), undefined)
  return {
    said,
    canUndo: said !== undefined && last !== undefined,
    acknowledge: (alarm) =>
      void run(
        acknowledgeAlarm(alarm.key),
        t('wall.didAcknowledge', { title: titleOf(alarm, words) }),
        alarm,
      ),
    shelve: (alarm, minutes) =>
      void run(
        shelveAlarm(alarm.key, minutes),
        t('wall.didShelve', { time: formatClock(nowMs + minutes * 60_000), title: titleOf(alarm, words) }),
        alarm,
      ),
    withdraw,
    undo: () => last && withdraw(last),
  }
}
