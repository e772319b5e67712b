import { useEffect, useState } from 'react'
import type { CheckReport } from '../../../geodata/editing/change-report.schema.ts'
import { checkChanges } from '../../api/check-changes.ts'
import { toError } from '../../ui/problem-words.ts'
import { type DraftState, draftStore } from '../draft-store.ts'

export interface Check {
  status: 'checking' | 'done' | 'cancelled' | 'failed'
  /** Of the draft as it is now; undefined until it has come. */
  report: CheckReport | undefined
  /** Why it failed. */
  problem: Error | undefined
  cancel(): void
  again(): void
}

/** Tries the draft out on the server, again whenever it changes. */
export function useCheck({ draft, status }: DraftState): Check {
  const [round, setRound] = useState(0)
  const [check, setCheck] = useState<Pick<Check, 'status' | 'report' | 'problem'>>(CHECKING)
  const [stop, setStop] = useState<AbortController>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: `draft` and `round` ask for another check
  useEffect(() => {
    const changes = draftStore.toChangeSet()
    // Saved a moment ago, or taken back: there is nothing to try out.
    if (status !== 'ready' || changes.puts.length + changes.deletes.length === 0) return
    const controller = new AbortController()
    setStop(controller)
    setCheck(CHECKING)
    checkChanges(changes, controller.signal).then(
      (report) => {
        if (!controller.signal.aborted) setCheck({ status: 'done', report, problem: undefined })
      },
      (error: unknown) => {
        if (!controller.signal.aborted)
          setCheck({ status: 'failed', report: undefined, problem: toError(error) })
      },
    )
    return () => controller.abort()
  }, [draft, round])

  return {
    ...check,
    cancel() {
      stop?.abort()
      setCheck({ status: 'cancelled', report: undefined, problem: undefined })
    },
    again: () => setRound((count) => count + 1),
  }
}

const CHECKING = { status: 'checking', report: undefined, problem: undefined } as const
