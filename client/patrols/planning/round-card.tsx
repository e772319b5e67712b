import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconChevronDown,
  IconChevronRight,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconSparkles,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { Team } from '../../../geodata/patrols/plan.schema.ts'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { patchRound, removeRound, reorderStops, reverseRound } from './plan-edits.ts'
import { planStore } from './plan-store.ts'
import { clockOf } from './shift.ts'
import { StopList } from './stop-list.tsx'
import { MOST_TIDY_STOPS, tidyRound } from './tidy-round.ts'
import type { DueSites } from './use-due.ts'
import type { Timed } from './use-timed.ts'
import { conflictsOfRound, conflictWords, minutesOf, teamWords } from './words.ts'

interface RoundCardProps {
  timed: Timed
  teams: readonly Team[]
  sites: DueSites
  hue: string
  active: boolean
  stopId: string | undefined
  mayPlan: boolean
  onDraw(): void
  onZoom(stopId: string): void
}

/** A round: its totals, and while it is the one that is drawn on, its stops and what can be done with all of it. */
export function RoundCard({
  timed,
  teams,
  sites,
  hue,
  active,
  stopId,
  mayPlan,
  onDraw,
  onZoom,
}: RoundCardProps) {
  const { t, lang } = useTexts()
  const { round, team, times } = timed
  const [tidying, setTidying] = useState(false)
  const visits = round.stops.filter(({ checkpointId }) => checkpointId !== null).length

  async function tidy() {
    setTidying(true)
    try {
      const { order, savedMetres, gap } = await tidyRound(round, team)
      const now = planStore.getSnapshot().plan?.rounds.find(({ id }) => id === round.id)
      // It was changed while the answer was on its way.
      if (now !== round) return
      planStore.edit('tidy', (plan) => reorderStops(plan, round.id, order))
      const percent = Math.round(gap * 100)
      if (savedMetres < 1) toastDone(t('planning.tidyAlready', { percent }))
      else
        toastDone(t('planning.tidied', { metres: formatMetres(savedMetres, lang), percent }), {
          undo: () => planStore.undo(),
        })
    } catch (error) {
      toastFailed(error)
    } finally {
      setTidying(false)
    }
  }
  const conflicts = conflictsOfRound(times)
  return (
    <section className="gw-round" data-active={active || undefined} data-testid="round">
      <button
        type="button"
        className="gw-round-head"
        aria-expanded={active}
        onClick={() => planStore.choose(active ? undefined : round.id)}
      >
        {active ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
        <span className="gw-round-figures">
          <b data-testid="round-metres">{formatMetres(times.metres, lang)}</b>
          <span>{t('planning.visits', { count: visits })}</span>
          <span data-testid="round-times">
            {clockOf(times.startsAt)}–{clockOf(times.endsAt)}
          </span>
          {round.locked && <IconLock size={14} aria-label={t('planning.locked')} />}
          {times.conflicts.length > 0 && (
            <span className="gw-round-conflicts">
              <IconAlertTriangle size={14} aria-label={t('planning.conflicts')} /> {times.conflicts.length}
            </span>
          )}
        </span>
        <small>
          {t('planning.split3', {
            walk: minutesOf(times.walkSeconds),
            dwell: minutesOf(times.dwellSeconds),
            wait: minutesOf(times.waitSeconds + times.breakSeconds),
          })}
        </small>
      </button>
      {conflicts.map((conflict) => (
        <p className="gw-conflict" key={conflict.kind}>
          <IconAlertTriangle size={14} aria-hidden="true" /> {conflictWords(conflict, t)}
        </p>
      ))}
      {active && (
        <>
          {mayPlan && (
            <div className="gw-round-acts">
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconPencil size={14} />}
                onClick={onDraw}
                data-testid="draw"
              >
                {t('planning.draw')}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconSparkles size={14} />}
                loading={tidying}
                disabled={round.stops.length < 3 || round.stops.length > MOST_TIDY_STOPS}
                onClick={() => void tidy()}
                data-testid="tidy"
              >
                {t('planning.tidy')}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={t('planning.reverse')}
                title={t('planning.reverse')}
                disabled={round.stops.length < 2}
                onClick={() => planStore.edit('reverse', (plan) => reverseRound(plan, round.id))}
                data-testid="reverse"
              >
                <IconArrowsExchange size={16} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={round.locked ? t('planning.unlockRound') : t('planning.lockRound')}
                title={round.locked ? t('planning.unlockRound') : t('planning.lockRound')}
                onClick={() =>
                  planStore.edit('lock', (plan) => patchRound(plan, round.id, { locked: !round.locked }))
                }
              >
                {round.locked ? <IconLockOpen size={16} /> : <IconLock size={16} />}
              </ActionIcon>
              {teams.length > 1 && (
                <NativeSelect
                  size="xs"
                  className="gw-round-team"
                  aria-label={t('planning.team')}
                  value={team.id}
                  onChange={(event) => {
                    const teamId = event.currentTarget.value
                    planStore.edit('assign', (plan) => patchRound(plan, round.id, { teamId }))
                  }}
                  data={teams.map((one) => ({ value: one.id, label: teamWords(one) }))}
                />
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={t('planning.removeRound')}
                title={t('planning.removeRound')}
                onClick={() => planStore.edit('removeRound', (plan) => removeRound(plan, round.id))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </div>
          )}
          {round.stops.length === 0 ? (
            <p className="gw-hint">{t('planning.noStops')}</p>
          ) : (
            <StopList
              timed={timed}
              sites={sites}
              hue={hue}
              chosen={stopId}
              mayPlan={mayPlan}
              onZoom={onZoom}
            />
          )}
        </>
      )}
    </section>
  )
}
