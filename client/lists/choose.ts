import type { LayerId } from '../../geodata/shared/layer.ts'
import { getMultiSelection, setMultiSelection } from '../ui/multi-selection.ts'

/** What is chosen in this layer; another layer's choice does not count. */
export const chosenIn = (layer: LayerId): ReadonlySet<number> => {
  const { layer: chosen, ids } = getMultiSelection()
  return chosen === layer ? ids : new Set()
}

/** Adds a row to what is chosen together, or takes it out. Returns false when there is no room for it. */
export function toggleRow(layer: LayerId, id: number): boolean {
  const next = new Set(chosenIn(layer))
  if (!next.delete(id)) next.add(id)
  return setMultiSelection(layer, next)
}

/** Chooses the rows from one index to another, both included and in either order. */
export function chooseRange(
  layer: LayerId,
  ids: readonly number[],
  anchor: number,
  active: number,
  keep: boolean,
): boolean {
  const range = ids.slice(Math.min(anchor, active), Math.max(anchor, active) + 1)
  return setMultiSelection(layer, keep ? [...chosenIn(layer), ...range] : range)
}

/** Where a key leads in a list of `count` rows; undefined for a key that does not move. */
export function moveBy(key: string, active: number, count: number, pageRows: number): number | undefined {
  const last = count - 1
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + pageRows,
    PageUp: active - pageRows,
    Home: 0,
    End: last,
  }
  const next = Object.hasOwn(moves, key) ? moves[key] : undefined
  return next === undefined ? undefined : Math.max(0, Math.min(last, next))
}
