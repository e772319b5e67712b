import { memo, useMemo } from 'react'
import { countInBins } from '../../geodata/hazards/replay-player.ts'
import { type ReplayTimeline, STEP } from '../../geodata/hazards/replay-timeline.ts'

const BINS = 96
const HEIGHT = 28
const HALF = HEIGHT / 2

/** What is told of above the line, and what below it. */
const UP = (kind: number) => kind === STEP.reported || kind === STEP.reopened
const DOWN = (kind: number) => kind === STEP.ended
const LATE = (kind: number) => kind === STEP.overdue

/** When much happened: what came stands above the line, what ended hangs below it, and marks at the bottom tell of deadlines that passed. */
export const Marks = memo(function Marks({ timeline }: { timeline: ReplayTimeline }) {
  const ways = useMemo(() => {
    const [up, down, late] = [UP, DOWN, LATE].map((told) => [...countInBins(timeline, BINS, told)]) as [
      number[],
      number[],
      number[],
    ]
    const most = Math.max(1, ...up, ...down)
    const tall = (count: number) => (count / most) * (HALF - 3)
    return {
      up: bars(up, (count) => [HALF - tall(count), tall(count)]),
      down: bars(down, (count) => [HALF, tall(count)]),
      late: bars(late, () => [HEIGHT - 2.5, 2.5]),
    }
  }, [timeline])
  return (
    <svg
      className="gw-replay-marks"
      viewBox={`0 0 ${BINS} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={ways.up} data-kind="up" />
      <path d={ways.down} data-kind="down" />
      <path d={ways.late} data-kind="late" />
      <line x1={0} x2={BINS} y1={HALF} y2={HALF} />
    </svg>
  )
})

/** One outline of a bar for each bin that has any. `span`: where a bar begins and how high it is. */
const bars = (counts: readonly number[], span: (count: number) => [from: number, high: number]): string =>
  counts
    .flatMap((count, bin) => {
      if (count === 0) return []
      const [from, high] = span(count)
      return [`M${bin + 0.1} ${from}h0.8v${high}h-0.8z`]
    })
    .join('')
