import type { HazardReplay } from './replay.schema.ts'
import { playTimeline } from './replay-player.ts'
import { makeTimeline, STATUS } from './replay-timeline.ts'

export interface KindSum {
  /** Index in the replay's categories. */
  category: number
  /** Reported within the period. */
  reported: number
  /** Not ended at its end. */
  standing: number
}

/** A period in figures. */
export interface PeriodSum {
  reported: number
  /** Ended within the period and not reopened by its end. */
  ended: number
  /** Not ended at its end, and how many of these were past their deadline then. */
  standing: number
  overdue: number
  /** Most first. */
  kinds: KindSum[]
  /** How each hazard stands at the end; see STATUS. */
  status: Uint8Array
  /** The state, an index in the replay's states, and the deadline that each hazard has at the end. */
  state: Int8Array
  due: (number | null)[]
}

/** What a period began with, brought and left. */
export function sumPeriod(replay: HazardReplay): PeriodSum {
  const { hazards, changes, categories } = replay
  const timeline = makeTimeline(replay)
  const player = playTimeline(timeline)
  player.seek(timeline.lengthSeconds)
  const { status } = player
  const state = Int8Array.from(hazards.state)
  const due = [...hazards.due]
  changes.hazard.forEach((hazard, index) => {
    state[hazard] = changes.state[index]!
    due[hazard] = changes.due[index]!
  })
  const kinds = categories.map((_, category) => ({ category, reported: 0, standing: 0 }))
  const sum = { reported: 0, ended: 0, standing: 0, overdue: 0 }
  status.forEach((at, hazard) => {
    const kind = kinds[hazards.category[hazard]!]!
    // A deleted hazard was no report.
    if (at === STATUS.none) return
    if (isReportedIn(replay, hazard)) {
      sum.reported += 1
      kind.reported += 1
    }
    if (at === STATUS.ended) {
      // One that had ended before is here only if something was told of it since.
      if (timeline.start[hazard] !== STATUS.ended) sum.ended += 1
      return
    }
    sum.standing += 1
    kind.standing += 1
    if (at === STATUS.overdue) sum.overdue += 1
  })
  kinds.sort((a, b) => b.reported - a.reported || b.standing - a.standing || a.category - b.category)
  return {
    ...sum,
    kinds: kinds.filter(({ reported, standing }) => reported + standing > 0),
    status,
    state,
    due,
  }
}

/** Whether a hazard came within the replay: it was not there when it began. */
export const isReportedIn = ({ hazards }: HazardReplay, hazard: number): boolean => hazards.state[hazard]! < 0
