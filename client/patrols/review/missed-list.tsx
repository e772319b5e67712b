import { Button } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useState } from 'react'
import { DUE_STATES } from '../../../geodata/patrols/due.schema.ts'
import type { WalkSummary } from '../../../geodata/walks/run.schema.ts'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { useMay } from '../../ui/session.ts'
import { toastDone } from '../../ui/toast.tsx'
import { newPlan } from '../planning/begin-plan.ts'
import { chooseShift } from '../planning/chosen-shift.ts'
import { addStop, stopAt } from '../planning/drawing.ts'
import { planStore, usePlanning } from '../planning/plan-store.ts'
import { type Shift, tonight } from '../planning/shift.ts'
import { useDue } from '../planning/use-due.ts'
import { type MissedSite, missedSites } from './missed-sites.ts'
import { StopMark } from './stop-mark.tsx'

interface MissedListProps extends Pick<WorkPanelProps, 'map' | 'setAsk' | 'openOwnPart'> {
  rounds: WalkSummary['rounds']
}

/** Sites that nobody was at, what the next shift makes of them, and a way to plan them in. */
export function MissedList({ rounds, ...props }: MissedListProps) {
  const { t } = useTexts()
  const sites = missedSites(rounds)
  return (
    <>
      <h3>{t('walked.missedTitle', { count: sites.length })}</h3>
      {sites.length > 0 ? (
        <Missed sites={sites} {...props} />
      ) : (
        <p className="gw-hint">{t('walked.noneMissed')}</p>
      )}
    </>
  )
}

const SHOWN_AT_FIRST = 5

function Missed({
  sites,
  map,
  setAsk,
  openOwnPart,
}: Omit<MissedListProps, 'rounds'> & { sites: MissedSite[] }) {
  const { t, lang } = useTexts()
  const mayPlan = useMay('plan')
  const planning = usePlanning()
  const [shift] = useState(() => tonight(new Date()))
  const [isWhole, setWhole] = useState(false)
  const { due, sites: dueSites } = useDue(shift)
  const again = sites.filter(({ checkpointId }) => {
    const state = dueSites.get(checkpointId)?.state
    return state !== undefined && state !== 'later'
  })

  function plan() {
    const before = planning.plan
    const reopen = planStore.close()
    chooseShift(shift)
    beginWith(shift, again)
    setAsk(undefined)
    openOwnPart()
    if (before) toastDone(t('planning.putAway', { name: before.name }), { undo: reopen })
  }
  function beginWith(next: Shift, missed: readonly MissedSite[]) {
    planStore.begin(
      newPlan(next, {
        planName: t('planning.newName'),
        teamName: (id) => t('planning.teamNamed', { id }),
      }),
    )
    for (const { checkpointId, lngLat } of missed) addStop(stopAt(lngLat, checkpointId, dueSites), 'street')
  }
  return (
    <>
      {due.data && (
        <p className="gw-hint" role="status" data-testid="walked-due">
          {t('walked.dueAgain', { due: again.length, missed: sites.length, time: formatTime(shift.from) })}
        </p>
      )}
      <ul className="gw-walked-missed">
        {(isWhole ? sites : sites.slice(0, SHOWN_AT_FIRST)).map(({ checkpointId, name, lngLat, times }) => {
          const site = dueSites.get(checkpointId)
          return (
            <li key={checkpointId} data-testid="walked-missed">
              <button type="button" onClick={() => map?.fit([...lngLat, ...lngLat], 17)}>
                <StopMark state="missed" />
                <b>{name ?? t('walked.siteGone', { id: checkpointId })}</b>
                <em>{site && DUE_STATES[site.state][lang]}</em>
                <span>
                  {times > 1 && `${t('walked.missedTimes', { count: times })} · `}
                  {site
                    ? t('walked.dueBy', { time: formatTime(site.breaksAt) })
                    : due.data && t('walked.notDue')}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <div className="gw-walked-acts">
        {mayPlan && planning.status === 'ready' && again.length > 0 && (
          <Button
            size="compact-sm"
            leftSection={<IconRoute size={14} />}
            onClick={plan}
            data-testid="walked-plan-missed"
          >
            {t('walked.planMissed', { count: again.length })}
          </Button>
        )}
        {sites.length > SHOWN_AT_FIRST && (
          <Button size="compact-sm" variant="default" onClick={() => setWhole(!isWhole)}>
            {isWhole ? t('walked.fewer') : t('walked.allMissed', { count: sites.length })}
          </Button>
        )}
      </div>
    </>
  )
}
