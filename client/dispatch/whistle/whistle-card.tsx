import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconHourglass } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Whistle } from '../../../geodata/dispatch/whistle.schema.ts'
import { answerWhistle } from '../../api/dispatch.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMay } from '../../ui/session.ts'
import { DivisionForm } from './division-form.tsx'
import { ReasonForm } from './reason-form.tsx'
import { TaskRow } from './task-row.tsx'

interface WhistleCardProps {
  whistle: Whistle
  /** The case is not over. */
  isOpen: boolean
  onChanged(whistles: Whistle[], said: string): void
}

const SIGNS = { waiting: IconHourglass, accepted: IconCircleCheck, declined: IconCircleX }

/** One whistle: why, whom it called, what they say, and the division of the work. */
export function WhistleCard({ whistle, isOpen, onChanged }: WhistleCardProps) {
  const { t } = useTexts()
  const mayDivide = useMay('dispatch') && isOpen
  const [isDividing, setDividing] = useState(false)
  const { calls, tasks } = whistle
  const able = calls.filter(({ answer }) => answer !== 'declined').map(({ department }) => department)
  return (
    <article className="gw-dispatch-whistle">
      <p>
        {whistle.reason}{' '}
        <small>
          {t('dispatch.whistle.by', { who: whistle.calledBy, time: formatTime(whistle.calledAt) })}
        </small>
      </p>
      <ul className="gw-dispatch-calls">
        {calls.map((call) => (
          <CallRow key={call.department.id} whistle={whistle.id} call={call} onChanged={onChanged} />
        ))}
      </ul>
      {tasks.length > 0 && (
        <>
          <h4>{t('dispatch.whistle.tasks')}</h4>
          <ul className="gw-dispatch-calls">
            {tasks.map((task) => (
              <TaskRow key={task.id} whistle={whistle.id} task={task} onChanged={onChanged} />
            ))}
          </ul>
        </>
      )}
      {mayDivide &&
        able.length > 0 &&
        (isDividing ? (
          <DivisionForm
            whistle={whistle.id}
            departments={able}
            onDone={(next) => {
              setDividing(false)
              if (next) onChanged(next, t('dispatch.whistle.divided'))
            }}
          />
        ) : (
          <div className="gw-acts">
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setDividing(true)}
              data-testid="whistle-divide"
            >
              {t('dispatch.whistle.divide')}
            </Button>
          </div>
        ))}
    </article>
  )
}

interface CallRowProps extends Pick<WhistleCardProps, 'onChanged'> {
  whistle: number
  call: Whistle['calls'][number]
}

function CallRow({ whistle, call, onChanged }: CallRowProps) {
  const { t } = useTexts()
  const [isDeclining, setDeclining] = useState(false)
  const { department, answer, late, dueAt, answeredAt, answeredBy, reason, mayAnswer } = call
  const send = useMutation({
    mutationFn: (why: string | null) =>
      answerWhistle(whistle, { department: department.id, accepted: why === null, reason: why }),
    onSuccess: (next) => onChanged(next, t('dispatch.whistle.said')),
  })
  const Sign = SIGNS[answer]
  return (
    <li data-testid="whistle-call" data-answer={answer}>
      <Sign size={18} aria-hidden="true" />
      <span>
        <b>{department.name}</b>{' '}
        <span data-tone={late ? 'critical' : answer === 'accepted' ? 'done' : undefined}>
          {t(`dispatch.whistle.${answer}`)}
          {late && ` · ${t('dispatch.whistle.late')}`}
        </span>
      </span>
      <small>
        {answeredAt
          ? t('dispatch.whistle.answered', { who: answeredBy, time: formatTime(answeredAt) })
          : t('dispatch.whistle.due', { time: formatTime(dueAt) })}
      </small>
      {reason && <span>{reason}</span>}
      {mayAnswer && !isDeclining && (
        <div className="gw-acts">
          <Button
            size="compact-sm"
            loading={send.isPending}
            onClick={() => send.mutate(null)}
            data-testid="whistle-accept"
          >
            {t('dispatch.whistle.accept')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setDeclining(true)}
            data-testid="whistle-decline"
          >
            {t('dispatch.whistle.decline')}
          </Button>
        </div>
      )}
      {isDeclining && mayAnswer && (
        <ReasonForm
          label={t('dispatch.whistle.whyNot')}
          act={t('dispatch.whistle.send')}
          busy={send.isPending}
          onSend={(why) => send.mutate(why)}
          onClose={() => setDeclining(false)}
        />
      )}
      <ProblemAlert error={send.error} />
    </li>
  )
}
