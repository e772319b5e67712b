import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { newUuid } from './new-uuid.ts'
import { ProblemText } from './problem-text.tsx'
import { toError } from './problem-words.ts'

const SHOWN_MS = 8000

interface Undoable {
  id: string
  run(): void
}
let last: Undoable | undefined

interface DoneOptions {
  /** Takes back what was done; offered as a button and under the key of the command “undo”. */
  undo?: () => unknown
}

/** Says that something was done. What `undo` throws is shown as a failure. */
export function toastDone(message: string, { undo }: DoneOptions = {}): void {
  const id = `done-${newUuid()}`
  const run = () => {
    if (!undo) return
    if (last?.id === id) last = undefined
    notifications.hide(id)
    void (async () => undo())().catch(toastFailed)
  }
  if (undo) last = { id, run }
  notifications.show({
    id,
    autoClose: undo ? SHOWN_MS : SHOWN_MS / 2,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': i18next.t('toast.close') },
    onClose: () => {
      if (last?.id === id) last = undefined
    },
    message: (
      <span className="gw-toast">
        <span>{message}</span>
        {undo && (
          <Button size="compact-sm" variant="default" onClick={run} data-testid="toast-undo">
            {i18next.t('toast.undo')}
          </Button>
        )}
      </span>
    ),
  })
}

/** Says what went wrong and, for a server that does not answer, what to do. Stays until it is closed. */
export function toastFailed(error: unknown): void {
  notifications.show({
    color: 'orange',
    autoClose: false,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': i18next.t('toast.close') },
    title: i18next.t('error.title'),
    message: <ProblemText error={toError(error)} />,
  })
}

/** Takes back what the last toast still offers to; false when there is nothing. */
export function undoLast(): boolean {
  if (!last) return false
  last.run()
  return true
}
