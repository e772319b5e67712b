import { Button } from '@mantine/core'
import { IconCircle, IconCircleCheck, IconCircleMinus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { TaskChange, Whistle } from '../../../geodata/dispatch/whistle.schema.ts'
import { settleTask } from '../../api/dispatch.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { ReasonForm } from './reason-form.tsx'

interface TaskRowProps {
  whistle: number
  task: Whistle['tasks'][number]
  onChanged(whistles: Whistle[], said: string): void
}

const SIGNS = { open: IconCircle, done: IconCircleCheck, dropped: IconCircleMinus }

/** One piece of the work: done, dropped with a reason, or opened again. */
export function TaskRow({ whistle, task, onChanged }: TaskRowProps) {
  const { t } = useTexts()
  const [asked, setAsked] = useState<'dropped' | 'open'>()
  const send = useMutation({
    mutationFn: (change: TaskChange) => settleTask(whistle, task.id, change),
    onSuccess: (next) => {
      setAsked(undefined)
      onChanged(next, t('dispatch.whistle.settled'))
    },
  })
  const { state, department, due, late, note, maySettle } = task
  const Sign = SIGNS[state]
  const of = { task: task.task }
  return (
    <li data-testid="whistle-task" data-state={state}>
      <Sign size={18} aria-hidden="true" />
      <span>
        <b>{task.task}</b>{' '}
        <span data-tone={late ? 'critical' : state === 'done' ? 'done' : undefined}>
          {t(`dispatch.whistle.${state}`)}
          {late && ` · ${t('dispatch.whistle.late')}`}
        </span>
      </span>
      <small>
        {department.name} · {t('dispatch.whistle.dueDay', { day: due })}
      </small>
      {note && <span>{note}</span>}
      {maySettle && asked === undefined && (
        <div className="gw-acts">
          {state === 'open' ? (
            <>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('dispatch.whistle.finishOf', of)}
                loading={send.isPending}
                onClick={() => send.mutate({ state: 'done', note: null })}
                data-testid="task-done"
              >
                {t('dispatch.whistle.finish')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t('dispatch.whistle.dropOf', of)}
                onClick={() => setAsked('dropped')}
              >
                {t('dispatch.whistle.drop')}
              </Button>
            </>
          ) : (
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={t('dispatch.whistle.reopenOf', of)}
              onClick={() => setAsked('open')}
            >
              {t('dispatch.whistle.reopen')}
            </Button>
          )}
        </div>
      )}
      {asked && (
        <ReasonForm
          label={t(asked === 'open' ? 'dispatch.whistle.whyReopen' : 'dispatch.whistle.whyDrop')}
          act={t('dispatch.whistle.send')}
          busy={send.isPending}
          onSend={(why) => send.mutate({ state: asked, note: why })}
          onClose={() => setAsked(undefined)}
        />
      )}
      <ProblemAlert error={send.error} />
    </li>
  )
}
