import { IconCheck, IconX } from '@tabler/icons-react'
import type { CaseStateName } from '../../geodata/hazards/workflow.ts'
import { useTexts } from '../ui/i18n.ts'

const STEP_NAMES = ['collect', 'file', 'dispatch', 'handle', 'answer', 'close', 'rate'] as const

/** Where each state stands among the seven steps, from 0; what is returned or reopened is dispatched anew. */
const STEP_OF: Record<CaseStateName, number> = {
  reported: 0,
  pending_verify: 1,
  rejected: 1,
  pending_dispatch: 2,
  returned: 2,
  reopened: 2,
  dispatched: 3,
  handling: 3,
  handled: 4,
  pending_check: 5,
  closed: 6,
}

/** The seven steps of every case: what is done, where it stands. */
export function StepLine({ state }: { state: CaseStateName }) {
  const { t } = useTexts()
  const current = STEP_OF[state]
  return (
    <ol className="gw-case-steps" aria-label={t('cases.steps')}>
      {STEP_NAMES.map((name, index) => {
        const status =
          index < current ? 'done' : index > current ? 'open' : state === 'rejected' ? 'ended' : 'here'
        return (
          <li
            key={name}
            className="gw-step"
            data-status={status}
            aria-current={index === current ? 'step' : undefined}
          >
            <i aria-hidden="true">
              {status === 'done' ? (
                <IconCheck size={12} stroke={2.5} />
              ) : status === 'ended' ? (
                <IconX size={12} stroke={2.5} />
              ) : (
                index + 1
              )}
            </i>
            <span>{t(`cases.step.${name}`)}</span>
            {status === 'done' && <span className="gw-unseen">{t('cases.stepDone')}</span>}
          </li>
        )
      })}
    </ol>
  )
}
