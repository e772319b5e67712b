import { ActionIcon, SegmentedControl } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNextFilled,
  IconPlayerTrackPrevFilled,
} from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import { playTimeline, stepFrom } from '../../geodata/hazards/replay-player.ts'
import { makeTimeline, STATUS, STEP } from '../../geodata/hazards/replay-timeline.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { formatCount, formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Scheme } from '../ui/tokens.ts'
import { usePlaying } from '../ui/use-playing.ts'
import { Counts } from './counts.tsx'
import { LatestStep } from './latest-step.tsx'
import { Marks } from './marks.tsx'
import type { Span } from './replay-state.ts'
import { ticksOf } from './ticks-of.ts'
import { useDiamonds } from './use-diamonds.ts'

interface PlayerProps {
  replay: HazardReplay
  span: Span
  /** Second at which it stands first; undefined: the end. */
  start: number | undefined
  map: MapHandle
  scheme: Scheme
  /** Puts the second into the link. */
  keep(second: number): void
  select(at: string | undefined): void
}

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
/** What a key moves by, and how fast it can be played. */
const STEP_SECONDS: Record<Span, number> = { day: 15 * MINUTE, week: HOUR, month: 6 * HOUR }
const SPEEDS: Record<Span, readonly number[]> = {
  day: [15 * MINUTE, HOUR, 3 * HOUR],
  week: [HOUR, 6 * HOUR, DAY],
  month: [6 * HOUR, DAY, 3 * DAY],
}
/** Of the slider; one of its own would end at a whole number of steps. */
const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -4,
  PageUp: 4,
}
/** Once it stands still for so long, the link tells the moment. */
const KEEP_MS = 400
const isTold = (kind: number) => kind !== STEP.soon

/** The line of time and what it moves. */
export function Player({ replay, span, start, map, scheme, keep, select }: PlayerProps) {
  const { t } = useTexts()
  const timeline = useMemo(() => makeTimeline(replay), [replay])
  const player = useMemo(() => playTimeline(timeline), [timeline])
  const { lengthSeconds } = timeline
  const ticks = useMemo(
    () => ticksOf(span, new Date(replay.from), lengthSeconds),
    [span, replay.from, lengthSeconds],
  )
  const speeds = SPEEDS[span]
  const playing = usePlaying(0, lengthSeconds, speeds[1]!, start)
  const { isPlaying, speed } = playing
  const second = Math.floor(playing.second)
  player.seek(second)
  const open = (hazard: number) => select(`hazards/${replay.hazards.id[hazard]}`)
  useDiamonds(map, replay, player.status, second, scheme, open)

  const kept = useRef(second)
  useEffect(() => {
    if (isPlaying || kept.current === second) return
    const timer = setTimeout(() => {
      kept.current = second
      keep(second)
    }, KEEP_MS)
    return () => clearTimeout(timer)
  }, [isPlaying, second, keep])

  const jump = (direction: 1 | -1) => {
    const to = stepFrom(timeline, second, direction, isTold)
    if (to !== undefined) playing.seek(to)
  }
  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isButton = event.target instanceof HTMLButtonElement
    const isChoice = event.target instanceof HTMLInputElement && event.target.type === 'radio'
    const steps = event.target instanceof HTMLInputElement && !isChoice ? STEPS[event.key] : undefined
    if (steps !== undefined) playing.seek(second + steps * STEP_SECONDS[span])
    else if (event.key === ' ' && !isButton && !isChoice) playing.toggle()
    else if (event.key === ',') jump(-1)
    else if (event.key === '.') jump(1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const moment = formatTime(new Date(Date.parse(replay.from) + second * 1000).toISOString())
  const { counts } = player
  const overdue = counts[STATUS.overdue]!
  const standing = counts[STATUS.open]! + counts[STATUS.soon]! + overdue
  const play = t(isPlaying ? 'replay.pause' : 'replay.play')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls inside
    <div className="gw-replay-body" onKeyDown={onKey}>
      <Counts
        counts={counts}
        reported={player.reported}
        ended={player.ended}
        scheme={scheme}
        isSaid={!isPlaying}
      />
      <div className="gw-replay-line">
        <Marks timeline={timeline} />
        <input
          type="range"
          min={0}
          max={lengthSeconds}
          step={1}
          value={second}
          aria-label={t('replay.moment')}
          aria-valuetext={t('replay.said', {
            time: moment,
            open: formatCount(standing),
            overdue: formatCount(overdue),
          })}
          title={t('replay.marks')}
          onChange={(event) => playing.seek(Number(event.currentTarget.value))}
          data-testid="replay-slider"
        />
        <ol className="gw-replay-ticks" aria-hidden="true">
          {ticks.map((tick) => (
            <li key={tick.second} style={{ left: `${(tick.second / lengthSeconds) * 100}%` }}>
              {tick.label}
            </li>
          ))}
        </ol>
      </div>
      <div className="gw-replay-controls">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('replay.before')}
          title={t('replay.before')}
          onClick={() => jump(-1)}
          data-testid="replay-before"
        >
          <IconPlayerTrackPrevFilled size={16} />
        </ActionIcon>
        <ActionIcon
          size={32}
          aria-label={play}
          title={play}
          onClick={playing.toggle}
          data-testid="replay-toggle"
        >
          {isPlaying ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('replay.after')}
          title={t('replay.after')}
          onClick={() => jump(1)}
          data-testid="replay-after"
        >
          <IconPlayerTrackNextFilled size={16} />
        </ActionIcon>
        <b className="gw-replay-moment" data-testid="replay-moment">
          {moment}
        </b>
        <LatestStep replay={replay} timeline={timeline} second={second} onOpen={open} />
        <SegmentedControl
          className="gw-replay-speed"
          size="xs"
          aria-label={t('replay.speed')}
          value={String(speed)}
          onChange={(next) => playing.setSpeed(Number(next))}
          data={speeds.map((value) => ({ value: String(value), label: speedWords(value) }))}
        />
      </div>
    </div>
  )

  function speedWords(seconds: number): string {
    if (seconds % DAY === 0) return t('replay.days', { count: seconds / DAY })
    if (seconds % HOUR === 0) return t('replay.hours', { count: seconds / HOUR })
    return t('replay.minutes', { count: seconds / MINUTE })
  }
}
