import { Loader } from '@mantine/core'
import type { PlanDifferences } from '../../../geodata/patrols/plan-differences.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemText } from '../../ui/problem-text.tsx'
import { usePlanning } from './plan-store.ts'
import { useDue } from './use-due.ts'
import { teamWords } from './words.ts'

interface DifferencesProps {
  differences: PlanDifferences | undefined
  error: Error | null
}

const MOST_SHOWN = 30

/** What changes for those who walk. */
export function Differences({ differences, error }: DifferencesProps) {
  const { t } = useTexts()
  const { plan } = usePlanning()
  const { sites } = useDue(plan!)
  if (error) return <ProblemText error={error} />
  if (!differences) return <Loader size="xs" />
  const { stops, teams, rounds, fields } = differences
  const nameOf = (checkpointId: number | null) =>
    checkpointId === null
      ? t('planning.pass')
      : (sites.get(checkpointId)?.name ?? t('planning.siteNumber', { id: checkpointId }))
  const lines = [
    ...fields.map((field) => t(`planning.changed.${field}`)),
    ...teams.map(({ teamId, name, change }) =>
      t(`planning.teamWas.${change}`, { team: teamWords({ id: teamId, name }) }),
    ),
    ...rounds.map(({ change }) => t(`planning.roundWas.${change}`)),
    ...stops.added.map(({ checkpointId, to }) =>
      t('planning.stopAdded', { name: nameOf(checkpointId), place: `${to.teamId}${to.position}` }),
    ),
    ...stops.removed.map(({ checkpointId, from }) =>
      t('planning.stopRemoved', { name: nameOf(checkpointId), place: `${from.teamId}${from.position}` }),
    ),
    ...stops.moved.map(({ checkpointId, from, to }) =>
      t('planning.stopMoved', {
        name: nameOf(checkpointId),
        from: `${from.teamId}${from.position}`,
        to: `${to.teamId}${to.position}`,
      }),
    ),
    ...stops.changed.map(({ checkpointId }) => t('planning.stopChanged', { name: nameOf(checkpointId) })),
  ]
  return (
    <>
      <p className="gw-hint">{t('planning.differences')}</p>
      <ul className="gw-differences" data-testid="differences">
        {lines.length === 0 && <li>{t('planning.noDifferences')}</li>}
        {lines.slice(0, MOST_SHOWN).map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
          <li key={at}>{line}</li>
        ))}
        {lines.length > MOST_SHOWN && <li>{t('planning.andMore', { count: lines.length - MOST_SHOWN })}</li>}
      </ul>
    </>
  )
}
