import { useMediaQuery, useViewportSize } from '@mantine/hooks'
import { useMemo } from 'react'
import type { Insets } from '../map/camera.ts'
import { NARROW } from '../ui/narrow.ts'
import { SHEET_SHARE, type SheetHeight, usePanelSize } from '../ui/panel-size.ts'

/** In units of 1/16 rem, as shell.css has them. */
const TOP_BAR = 48
const RAIL = 48
const RAIL_WITH_NAMES = 68
const GAP = 12
const BOTTOM_BAR = 56
const FOOT = 36
const TOOLS = 36
/** Part of the window's width that one panel may take at most, whatever was remembered. */
const MOST_OF_WINDOW = 0.4

export interface Layout {
  narrow: boolean
  /** Pixels of a unit of 1/16 rem; more than 1 on very large screens, see shell.css. */
  unit: number
  /** Widths that the panels have now, units of 1/16 rem. */
  widths: { layers: number; place: number }
  /** How high a sheet stands while one is open on a narrow window. */
  sheet: SheetHeight | undefined
  /** Pixels at each edge that the shell covers. */
  insets: Insets
}

/** How much of the window the shell covers; the camera keeps what is selected out of it. */
export function useLayout(layersOpen: boolean, placeOpen: boolean): Layout {
  const size = usePanelSize()
  const window_ = useViewportSize()
  const width = window_.width || window.innerWidth
  const height = window_.height || window.innerHeight
  const narrow = useMediaQuery(NARROW, window.innerWidth < 900) ?? false
  const names = useMediaQuery('(min-width: 1200px)', window.innerWidth >= 1200) ?? false
  return useMemo(() => {
    // Depends on the window's width through the steps in shell.css, and on the reader's own text size.
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1
    const cap = (wanted: number) => Math.min(wanted, Math.floor((width * MOST_OF_WINDOW) / unit))
    const widths = { layers: cap(size.layers), place: cap(size.place) }
    if (narrow) {
      const sheet = layersOpen || placeOpen ? Math.round(height * SHEET_SHARE[size.sheet]) : 0
      const insets = { top: TOP_BAR * unit, right: 40 * unit, bottom: BOTTOM_BAR * unit + sheet, left: 0 }
      return { narrow, unit, widths, sheet: sheet > 0 ? size.sheet : undefined, insets }
    }
    const rail = names ? RAIL_WITH_NAMES : RAIL
    const insets = {
      top: TOP_BAR * unit,
      right: ((placeOpen ? widths.place : 0) + GAP + TOOLS) * unit,
      bottom: FOOT * unit,
      left: (rail + (layersOpen ? widths.layers + GAP : 0)) * unit,
    }
    return { narrow, unit, widths, sheet: undefined, insets }
  }, [narrow, names, width, height, layersOpen, placeOpen, size])
}
