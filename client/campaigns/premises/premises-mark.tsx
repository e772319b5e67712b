import type { Premises } from '../../../geodata/campaigns/premises.schema.ts'
import { useTexts } from '../../ui/i18n.ts'

/** How premises stand, by a shape and in words. */
export function PremisesMark({
  premises,
}: {
  premises: Pick<Premises, 'state' | 'overdue' | 'openFindings'>
}) {
  const { t } = useTexts()
  const { state, overdue, openFindings } = premises
  const isOpen = state !== 'closed' && openFindings > 0
  const tone = overdue ? 'critical' : isOpen ? 'due' : state === 'checked' ? 'done' : undefined
  return (
    <span className="gw-campaign-state" data-tone={tone} data-state={state}>
      <i aria-hidden="true" />
      {t(`premises.states.${overdue ? 'overdue' : state}`)}
      {isOpen && ` · ${t('premises.openOf', { count: openFindings })}`}
    </span>
  )
}
