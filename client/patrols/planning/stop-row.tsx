import { ActionIcon, NumberInput } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowDown,
  IconArrowUp,
  IconCut,
  IconLock,
  IconLockOpen,
  IconRoute,
  IconRouteOff,
  IconTrash,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { DueSite } from '../../../geodata/patrols/due.schema.ts'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { newUuid } from '../../ui/new-uuid.ts'
import { patchStop, removeStop, setLeg, splitRound } from './plan-edits.ts'
import { planStore } from './plan-store.ts'
import { clockOf } from './shift.ts'
import type { Timed } from './use-timed.ts'
import { conflictsOfStop, conflictWords } from './words.ts'

interface StopRowProps {
  timed: Timed
  place: number
  /** Among the visits; undefined: a point to pass. */
  number: number | undefined
  hue: string
  site: DueSite | undefined
  chosen: boolean
  focusable: boolean
  mayPlan: boolean
  /** What is dragged would come here. */
  target: boolean
  onChoose(): void
  onZoom(): void
  onMove(to: number): void
  onDragStart(): void
  onDragOver(): void
  onDrop(): void
}

const MOST_DWELL_MINUTES = 1440

/** One stop: when it is reached, what goes against it; chosen, what can be done with it. */
export function StopRow(props: StopRowProps) {
  const { timed, place, number, hue, site, chosen, focusable, mayPlan, target } = props
  const { t, lang } = useTexts()
  const { round, team, legs, times } = timed
  const stop = round.stops[place]!
  const time = times.stops[place]
  const leg = legs[place]!
  const conflicts = conflictsOfStop(times, stop.id)
  const name =
    stop.checkpointId === null
      ? t('planning.pass')
      : (site?.name ?? t('planning.siteNumber', { id: stop.checkpointId }))
  const act = (label: string, icon: ReactNode, run: () => void, off = false) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={26}
      aria-label={label}
      title={label}
      disabled={off}
      onClick={run}
    >
      {icon}
    </ActionIcon>
  )
  const isFree = round.legs[place] === 'free'
  return (
    <li
      className="gw-stop"
      data-chosen={chosen || undefined}
      data-target={target || undefined}
      data-testid="stop"
      draggable={mayPlan}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', name)
        props.onDragStart()
      }}
      onDragOver={(event) => {
        event.preventDefault()
        props.onDragOver()
      }}
      onDrop={(event) => {
        event.preventDefault()
        props.onDrop()
      }}
    >
      <button
        type="button"
        id={`stop-${stop.id}`}
        className="gw-stop-main"
        tabIndex={focusable ? 0 : -1}
        aria-current={chosen || undefined}
        onClick={props.onChoose}
        onDoubleClick={props.onZoom}
        onFocus={() => chosen || props.onChoose()}
      >
        {number === undefined ? (
          <span className="gw-stop-pass" style={{ borderColor: hue }} />
        ) : (
          <span className="gw-stop-number" style={{ background: hue }}>
            {number}
          </span>
        )}
        <span className="gw-stop-name">{name}</span>
        {stop.locked && <IconLock size={14} aria-label={t('planning.locked')} />}
        <span className="gw-stop-time" data-testid="arrival">
          {time && (stop.checkpointId === null ? clockOf(time.arrivesAt) : clockOf(time.startsAt))}
        </span>
        <small className="gw-stop-facts">
          {leg.pending ? t('planning.asking') : formatMetres(leg.metres, lang)}
          {isFree && ` · ${t('planning.free')}`}
          {stop.dwellMinutes > 0 && ` · ${t('planning.stays', { minutes: stop.dwellMinutes })}`}
        </small>
      </button>
      {conflicts.map((conflict) => (
        <p className="gw-conflict" key={conflict.kind} data-testid="conflict">
          <IconAlertTriangle size={14} aria-hidden="true" /> {conflictWords(conflict, t)}
        </p>
      ))}
      {chosen && mayPlan && (
        <div className="gw-stop-acts">
          <NumberInput
            size="xs"
            className="gw-stop-dwell"
            aria-label={t('planning.dwell')}
            suffix={t('planning.minutesSuffix')}
            value={stop.dwellMinutes}
            min={0}
            max={MOST_DWELL_MINUTES}
            clampBehavior="strict"
            onChange={(value) => {
              const minutes = Number(value)
              if (value === '' || !(minutes >= 0 && minutes <= MOST_DWELL_MINUTES)) return
              if (minutes !== stop.dwellMinutes)
                planStore.edit('dwell', (plan) => patchStop(plan, stop.id, { dwellMinutes: minutes }))
            }}
          />
          {act(t('planning.earlier'), <IconArrowUp size={15} />, () => props.onMove(place - 1), place === 0)}
          {act(
            t('planning.laterStop'),
            <IconArrowDown size={15} />,
            () => props.onMove(place + 1),
            place === round.stops.length - 1,
          )}
          {act(
            isFree ? t('planning.alongStreets') : t('planning.straight'),
            isFree ? <IconRoute size={15} /> : <IconRouteOff size={15} />,
            () => planStore.edit('leg', (plan) => setLeg(plan, round.id, place, isFree ? 'street' : 'free')),
            place === 0 && !team.start,
          )}
          {act(
            stop.locked ? t('planning.unlock') : t('planning.lock'),
            stop.locked ? <IconLockOpen size={15} /> : <IconLock size={15} />,
            () => planStore.edit('lock', (plan) => patchStop(plan, stop.id, { locked: !stop.locked })),
          )}
          {act(
            t('planning.split'),
            <IconCut size={15} />,
            () => planStore.edit('split', (plan) => splitRound(plan, round.id, place, newUuid())),
            place === 0,
          )}
          {act(t('planning.removeStop'), <IconTrash size={15} />, () =>
            planStore.edit('remove', (plan) => removeStop(plan, stop.id), { roundId: round.id }),
          )}
        </div>
      )}
    </li>
  )
}
