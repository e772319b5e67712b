import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'

export type Side = 'left' | 'right'
export const SIDES: readonly Side[] = ['left', 'right']

/** `now`, or an ISO moment. */
export type Moment = string

/** What is compared and how, as it stands in the URL. */
export interface CompareState {
  view: 'swipe' | 'side'
  /** Where the divider stands, % of what the panels leave free. */
  percent: number
  of: 'moments' | 'layers'
  /** undefined: not chosen yet. */
  moments: Record<Side, Moment | undefined>
  /** undefined: the layers that the map shows. */
  layers: Record<Side, readonly LayerId[] | undefined>
}

const FRESH: CompareState = {
  view: 'swipe',
  percent: 50,
  of: 'moments',
  moments: { left: undefined, right: 'now' },
  layers: { left: undefined, right: undefined },
}

/** `swipe/50/moments/2026-11-20T08:00:00.000Z/now` or `side/50/layers/communities,grids/-`; what is broken is dropped. */
export function readCompare(text: string | undefined): CompareState {
  const [view, percent, of, left, right] = (text ?? '').split('/')
  const share = Number(percent)
  const state: CompareState = {
    ...FRESH,
    view: view === 'side' ? 'side' : 'swipe',
    percent: percent && share >= 0 && share <= 100 ? share : FRESH.percent,
    of: of === 'layers' ? 'layers' : 'moments',
  }
  if (state.of === 'layers') return { ...state, layers: { left: readSet(left), right: readSet(right) } }
  return { ...state, moments: { left: readMoment(left), right: readMoment(right) ?? 'now' } }
}

export function writeCompare(state: CompareState): string {
  const write = (side: Side) =>
    state.of === 'moments' ? (state.moments[side] ?? '-') : writeSet(state.layers[side])
  return [state.view, Math.round(state.percent), state.of, write('left'), write('right')].join('/')
}

const writeSet = (layers: readonly LayerId[] | undefined) => (layers ? layers.join(',') || 'none' : '-')

function readSet(text: string | undefined): LayerId[] | undefined {
  if (!text || text === '-') return undefined
  const wanted = new Set(text.split(','))
  return LAYER_IDS.filter((layer) => wanted.has(layer))
}

function readMoment(text: string | undefined): Moment | undefined {
  if (text === 'now') return 'now'
  const time = /^\d{4}-\d\d-\d\dT/.test(text ?? '') ? Date.parse(text!) : Number.NaN
  return time >= 0 ? new Date(time).toISOString() : undefined
}
