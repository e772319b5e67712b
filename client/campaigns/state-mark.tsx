import type { TargetState } from '../../geodata/campaigns/campaign.schema.ts'
import { useTexts } from '../ui/i18n.ts'

/** Which of them are coloured: only what asks for something. */
const TONES: Partial<Record<TargetState, 'critical' | 'due' | 'done'>> = {
  findings: 'due',
  'reinspect-due': 'due',
  'reinspect-overdue': 'critical',
  closed: 'done',
  passed: 'done',
}

/** How a target stands, by a shape and in words. */
export function StateMark({ state }: { state: TargetState }) {
  const { t } = useTexts()
  return (
    <span className="gw-campaign-state" data-tone={TONES[state]} data-state={state}>
      <i aria-hidden="true" />
      {t(`campaigns.states.${state}`)}
    </span>
  )
}
