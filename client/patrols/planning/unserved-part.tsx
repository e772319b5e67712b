import type { Unserved } from '../../../geodata/patrols/plan.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { groupUnserved } from './unserved.ts'
import type { DueSites } from './use-due.ts'

const MOST_SHOWN = 50

/** Visits that no round makes: what was due, by reason, apart from what was not or could not be. */
export function UnservedPart({ unserved, sites }: { unserved: readonly Unserved[]; sites: DueSites }) {
  const { t } = useTexts()
  return groupUnserved(unserved, sites).map(({ kind, reason, visits }) => (
    <details
      key={`${kind} ${reason}`}
      className="gw-unserved"
      data-kind={kind}
      data-testid={`unserved-${kind}`}
    >
      <summary>
        {kind === 'closed'
          ? t('planning.unservedClosed', { count: visits.length })
          : t(`planning.unserved.${kind}`, { count: visits.length, reason: t(`planning.reason.${reason}`) })}
      </summary>
      <ul>
        {visits.slice(0, MOST_SHOWN).map(({ checkpointId, visit }) => (
          <li key={`${checkpointId} ${visit}`}>
            {sites.get(checkpointId)?.name ?? t('planning.siteNumber', { id: checkpointId })}
          </li>
        ))}
      </ul>
      {visits.length > MOST_SHOWN && (
        <p className="gw-hint">{t('planning.andMore', { count: visits.length - MOST_SHOWN })}</p>
      )}
    </details>
  ))
}
