import type { StopState } from '../../../geodata/walks/run.schema.ts'
import { BESIDE_SHAPES, type Beside, type MarkShape, SHAPE_SIZE, STOP_SHAPES } from './stop-shapes.ts'

/** As on the map; what it means stands beside it in words. */
export const StopMark = ({ state }: { state: StopState }) => <Mark shape={STOP_SHAPES[state]} />
export const BesideMark = ({ kind }: { kind: Beside }) => <Mark shape={BESIDE_SHAPES[kind]} />

function Mark({ shape: { outline, mark, variable, isFull } }: { shape: MarkShape }) {
  const colour = `var(${variable})`
  return (
    <svg className="gw-walked-mark" viewBox={`0 0 ${SHAPE_SIZE} ${SHAPE_SIZE}`} aria-hidden="true">
      <path
        d={outline}
        stroke={colour}
        strokeWidth={2}
        style={{ fill: isFull ? colour : 'var(--gw-panel)' }}
      />
      <path
        d={mark}
        fill="none"
        strokeWidth={2}
        strokeLinecap="round"
        strokeLinejoin="round"
        style={{ stroke: isFull ? 'var(--gw-on-colour)' : colour }}
      />
    </svg>
  )
}
