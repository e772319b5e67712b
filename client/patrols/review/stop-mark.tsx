import type { StopState } from '../../../geodata/walks/run.schema.ts'
import { SHAPE_SIZE, STOP_SHAPES } from './stop-shapes.ts'

/** As on the map; what it means stands beside it in words. */
export function StopMark({ state }: { state: StopState }) {
  const { outline, mark, variable, isFull } = STOP_SHAPES[state]
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
