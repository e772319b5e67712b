import { useMediaQuery } from '@mantine/hooks'
import type { Insets } from '../map/camera.ts'

const TOP_BAR = 48
const RAIL = 48
const GAP = 12
export const LAYERS_WIDTH = 320
export const PLACE_WIDTH = 360
const BOTTOM_BAR = 56

export interface Layout {
  narrow: boolean
  insets: Insets
}

/** How much of the window the shell covers; the camera keeps what is selected out of it. */
export function useLayout(layersOpen: boolean, placeOpen: boolean): Layout {
  const narrow = useMediaQuery('(max-width: 899px)', window.innerWidth < 900) ?? false
  if (narrow) {
    const sheet = layersOpen || placeOpen ? Math.round(window.innerHeight * 0.46) : 0
    return { narrow, insets: { top: TOP_BAR, right: 40, bottom: BOTTOM_BAR + sheet, left: 0 } }
  }
  return {
    narrow,
    insets: {
      top: TOP_BAR,
      right: placeOpen ? PLACE_WIDTH + GAP : GAP + 36,
      bottom: 36,
      left: RAIL + (layersOpen ? LAYERS_WIDTH + GAP : 0),
    },
  }
}
