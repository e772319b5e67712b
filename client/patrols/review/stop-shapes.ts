import type { StopState } from '../../../geodata/walks/run.schema.ts'
import type { Tokens } from '../../ui/tokens.ts'

export const SHAPE_SIZE = 20

export interface MarkShape {
  outline: string
  mark: string
  colour: keyof Tokens
  variable: string
  isFull: boolean
}

/** A shape, a colour and a mark for every state, so that none is told by its colour alone. Paths on a square of 20. */
export const STOP_SHAPES: Record<StopState, MarkShape> = {
  visited: {
    outline: 'M10 2a8 8 0 1 0 .01 0Z',
    mark: 'M6 10.2 8.8 13 14 7.4',
    colour: 'done',
    variable: '--gw-done',
    isFull: true,
  },
  probable: {
    outline: 'M10 2a8 8 0 1 0 .01 0Z',
    mark: 'M5.8 11.2c1.6-3 3-2.4 4.2-1.2s2.6 1.8 4.2-1.2',
    colour: 'info',
    variable: '--gw-info',
    isFull: false,
  },
  unknown: {
    outline: 'M3 3h14v14H3Z',
    mark: 'M7.6 8a2.4 2.4 0 1 1 3.6 2.1c-.9.5-1.2.9-1.2 1.8M10 14.2v.3',
    colour: 'due',
    variable: '--gw-due',
    isFull: false,
  },
  missed: {
    outline: 'M10 1 19 10 10 19 1 10Z',
    mark: 'M7 7l6 6M13 7l-6 6',
    colour: 'critical',
    variable: '--gw-critical',
    isFull: true,
  },
  open: {
    outline: 'M10 3.5a6.5 6.5 0 1 0 .01 0Z',
    mark: 'M10 6.5V10l2.5 1.5',
    colour: 'muted',
    variable: '--gw-muted',
    isFull: false,
  },
}

export const shapeImage = (state: StopState | null) => `walked-stop-${state ?? 'pass'}`

/** What was done beside the plan. */
export const BESIDES = ['off-plan', 'report'] as const
export type Beside = (typeof BESIDES)[number]
export const BESIDE_SHAPES: Record<Beside, MarkShape> = {
  'off-plan': {
    outline: 'M10 2 17 6v8l-7 4-7-4V6Z',
    mark: 'M10 6.5v7M6.5 10h7',
    colour: 'info',
    variable: '--gw-info',
    isFull: true,
  },
  report: {
    outline: 'M10 1 19 10 10 19 1 10Z',
    mark: 'M10 5.5v5.5M10 14v.3',
    colour: 'due',
    variable: '--gw-due',
    isFull: false,
  },
}
export const besideImage = (kind: Beside) => `walked-${kind}`
