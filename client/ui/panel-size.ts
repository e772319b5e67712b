import { useSyncExternalStore } from 'react'

export type Side = 'layers' | 'place'
export const SHEET_HEIGHTS = ['low', 'half', 'tall'] as const
export type SheetHeight = (typeof SHEET_HEIGHTS)[number]

export interface PanelSize {
  /** Widths in units of 1/16 rem: pixels where text has its usual size. */
  layers: number
  place: number
  /** How high a sheet stands on a narrow window. */
  sheet: SheetHeight
}

export const USUAL: PanelSize = { layers: 320, place: 360, sheet: 'half' }
export const LIMITS: Record<Side, [least: number, most: number]> = { layers: [260, 560], place: [280, 640] }
/** Share of the window that a sheet covers. */
export const SHEET_SHARE: Record<SheetHeight, number> = { low: 0.26, half: 0.46, tall: 0.82 }

const KEY = 'gridward.panels'

/** What was remembered, made to fit; anything broken falls back to the usual. */
export function readPanelSize(text: string | null): PanelSize {
  let raw: unknown
  try {
    raw = JSON.parse(text ?? '{}')
  } catch {
    return USUAL
  }
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>
  const width = (side: Side) => {
    const value = given[side]
    return typeof value === 'number' && Number.isFinite(value) ? clampWidth(side, value) : USUAL[side]
  }
  return {
    layers: width('layers'),
    place: width('place'),
    sheet: SHEET_HEIGHTS.find((height) => height === given.sheet) ?? USUAL.sheet,
  }
}

export function clampWidth(side: Side, width: number): number {
  const [least, most] = LIMITS[side]
  return Math.round(Math.min(most, Math.max(least, width)))
}

let current: PanelSize | undefined
const listeners = new Set<() => void>()

/** Storage may be forbidden; the panels then just do not remember. */
function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
const snapshot = (): PanelSize => {
  current ??= readPanelSize(stored())
  return current
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function setPanelSize(patch: Partial<PanelSize>): void {
  const before = snapshot()
  current = { ...before, ...patch }
  current.layers = clampWidth('layers', current.layers)
  current.place = clampWidth('place', current.place)
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // Remembered for as long as the page is open.
  }
  for (const listener of listeners) listener()
}

export const usePanelSize = (): PanelSize => useSyncExternalStore(subscribe, snapshot)
