import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import { lastStep } from '../../geodata/hazards/replay-player.ts'
import { type ReplayTimeline, STEP } from '../../geodata/hazards/replay-timeline.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'

interface LatestStepProps {
  replay: HazardReplay
  timeline: ReplayTimeline
  second: number
  onOpen(hazard: number): void
}

const NAMES = {
  [STEP.change]: 'change',
  [STEP.reported]: 'reported',
  [STEP.ended]: 'ended',
  [STEP.reopened]: 'reopened',
  [STEP.overdue]: 'overdue',
  [STEP.gone]: 'gone',
} as const

/** The last thing that happened up to the moment, with a way to its hazard. */
export function LatestStep({ replay, timeline, second, onOpen }: LatestStepProps) {
  const { t, lang } = useTexts()
  const step = lastStep(timeline, second, (kind) => kind !== STEP.soon)
  if (step === undefined) return <small className="gw-replay-latest">{t('replay.empty')}</small>
  const hazard = timeline.hazard[step]!
  const category = replay.categories[replay.hazards.category[hazard]!]!
  const known = HAZARD_CATEGORIES.find(
    ({ standard, kind, code }) =>
      standard === category.standard && kind === category.kind && code === category.code,
  )
  const time = formatTime(new Date(Date.parse(replay.from) + timeline.at[step]! * 1000).toISOString())
  const name = NAMES[timeline.kind[step] as keyof typeof NAMES]
  const what = `${known?.[lang] ?? category.code} · ${t(`replay.step.${name}`)}`
  return (
    <button
      type="button"
      className="gw-replay-latest"
      aria-label={t('replay.openHazard', { what: `${time} ${what}` })}
      onClick={() => onOpen(hazard)}
      data-kind={name}
      data-testid="replay-latest"
    >
      <time>{time.slice(-5)}</time> {what}
    </button>
  )
}
