import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'

export type Side = 'left' | 'right'
export const SIDES: readonly Side[] = ['left', 'right']

/** `now`, or an ISO moment. */
export type Moment = string

/** Whole days of the viewer's calendar, such as 2026-11-01, the last one included. */
export interface Days {
  first: string
  last: string
}

/** What is compared and how, as it stands in the URL. */
export interface CompareState {
  view: 'swipe' | 'side'
  /** Where the divider stands, % of what the panels leave free. */
  percent: number
  of: 'moments' | 'periods' | 'layers'
  /** undefined: not chosen yet. */
  moments: Record<Side, Moment | undefined>
  /** undefined: not chosen yet. */
  periods: Record<Side, Days | undefined>
  /** undefined: the layers that the map shows. */
  layers: Record<Side, readonly LayerId[] | undefined>
}

const FRESH: CompareState = {
  view: 'swipe',
  percent: 50,
  of: 'moments',
  moments: { left: undefined, right: 'now' },
  periods: { left: undefined, right: undefined },
  layers: { left: undefined, right: undefined },
}

/** `swipe/50/moments/2026-11-20T08:00:00.000Z/now` `side/50/layers/communities,grids/-` or `swipe/50/periods/2026-10-01_2026-10-31/2026-11-01_2026-11-30`; what is broken is dropped. */
export function readCompare(text: string | undefined): CompareState {
  const [view, percent, of, left, right] = (text ?? '').split('/')
  const share = Number(percent)
  const state: CompareState = {
    ...FRESH,
    view: view === 'side' ? 'side' : 'swipe',
    percent: percent && share >= 0 && share <= 100 ? share : FRESH.percent,
    of: of === 'layers' || of === 'periods' ? of : 'moments',
  }
  if (state.of === 'layers') return { ...state, layers: { left: readSet(left), right: readSet(right) } }
  if (state.of === 'periods') return { ...state, periods: { left: readDays(left), right: readDays(right) } }
  return { ...state, moments: { left: readMoment(left), right: readMoment(right) ?? 'now' } }
}

export function writeCompare(state: CompareState): string {
  const write = (side: Side) => {
    if (state.of === 'moments') return state.moments[side] ?? '-'
    return state.of === 'layers' ? writeSet(state.layers[side]) : writeDays(state.periods[side])
  }
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

const writeDays = (days: Days | undefined) => (days ? `${days.first}_${days.last}` : '-')

function readDays(text: string | undefined): Days | undefined {
  const [, first, last] = /^(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)$/.exec(text ?? '') ?? []
  if (!first || !last || first > last) return undefined
  return [first, last].every((day) => Date.parse(day) >= 0) ? { first, last } : undefined
}
