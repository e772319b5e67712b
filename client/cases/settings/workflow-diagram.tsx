import {
  CASE_STATES,
  isEnded,
  TRANSITION_NAMES,
  type TransitionName,
  transitionOf,
} from '../../../geodata/hazards/workflow.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { Labels } from '../labels.ts'
import { BOX, DIAGRAM, type HazardState, lineOf, placeOf } from './diagram-layout.ts'

const STATES = Object.keys(CASE_STATES) as HazardState[]

interface Line {
  name: TransitionName
  from: HazardState | null
  to: HazardState
}

/** Every way from one state to another, drawn from the table of the workflow; one that begins in several states several times. */
const LINES: readonly Line[] = TRANSITION_NAMES.flatMap((name) => {
  const { from, to } = transitionOf(name)
  return (from.length > 0 ? from : [null]).map((state) => ({ name, from: state, to }))
})
const hasBack = ({ from, to }: Line) => LINES.some((other) => other.from === to && other.to === from)

/**
 * The workflow as boxes and arrows. It says nothing that the table beside it does not say, which is what screen readers
 * and keyboards use.
 */
export function WorkflowDiagram({ labels }: { labels: Labels }) {
  const { t } = useTexts()
  return (
    <div className="gw-workflow-scroll">
      <svg
        className="gw-workflow"
        viewBox={`0 0 ${DIAGRAM.width} ${DIAGRAM.height}`}
        role="img"
        aria-label={t('caseSettings.diagram')}
        data-testid="workflow-diagram"
      >
        <defs>
          <marker
            id="gw-workflow-tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0.5L8 4L0 7.5z" />
          </marker>
        </defs>
        {LINES.map((line) => {
          const { start, end } = lineOf(line.from, line.to, hasBack(line))
          return (
            <line
              key={`${line.name} ${line.from}`}
              x1={start.x}
              y1={start.y}
              x2={end.x}
              y2={end.y}
              markerEnd="url(#gw-workflow-tip)"
            />
          )
        })}
        {STATES.map((state) => {
          const { x, y } = placeOf(state)
          return (
            <g key={state} data-ended={isEnded(state) || undefined}>
              <rect
                x={x - BOX.width / 2}
                y={y - BOX.height / 2}
                width={BOX.width}
                height={BOX.height}
                rx={6}
              />
              <text x={x} y={y}>
                {labels.state(state)}
              </text>
            </g>
          )
        })}
        {LINES.map((line) => {
          const { label } = lineOf(line.from, line.to, hasBack(line))
          return (
            <text key={`${line.name} ${line.from}`} className="gw-workflow-action" x={label.x} y={label.y}>
              {labels.action(line.name)}
            </text>
          )
        })}
      </svg>
    </div>
  )
}
