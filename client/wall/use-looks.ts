import { useLayoutEffect, useSyncExternalStore } from 'react'
import type { WallLayoutInput } from '../../geodata/walls/layout.schema.ts'
import { setLanguage } from '../ui/i18n.ts'
import { cssVariables, TOKENS } from '../ui/tokens.ts'
import type { WallAddress } from './address.ts'
import {
  arcMinutes,
  CAP_HEIGHT_EM,
  READABLE_ARC_MINUTES,
  smallestTypePixels,
  toPagePixels,
  type Viewing,
} from './type-size.ts'

/** A line of so many characters, and so many lines, are the least that a wall needs. */
const LEAST_LINE_EM = 20
const LEAST_LINES = 9
/** A telephone is no wall: it is held in the hand, whatever screen the layout is for. */
const HANDHELD_PIXELS = 600
const HANDHELD_TYPE = 16

export interface Type {
  /** Smallest type, page pixels. */
  pixels: number
  /** From here the smallest type can be read, where the screen has no room for larger type; else undefined. */
  readableMetres: number | undefined
}

const readWindow = () => `${innerWidth} ${innerHeight} ${screen.width} ${screen.height} ${devicePixelRatio}`
function subscribe(listener: () => void): () => void {
  addEventListener('resize', listener)
  return () => removeEventListener('resize', listener)
}

/** Pure: the smallest type for a screen that is looked at from so far. Never smaller, unless nothing would fit at all. */
export function typeFor(
  wanted: WallLayoutInput['screen'],
  page: { width: number; height: number; screenWidth: number; screenHeight: number; ratio: number },
): Type {
  if (page.width <= HANDHELD_PIXELS) return { pixels: HANDHELD_TYPE, readableMetres: undefined }
  const widthPixels = wanted.widthPixels ?? page.screenWidth * page.ratio
  const viewing: Viewing = {
    distanceMetres: wanted.distanceMetres,
    diagonalInches: wanted.diagonalInches,
    widthPixels,
    heightPixels: (widthPixels * page.screenHeight) / page.screenWidth,
  }
  const pixels = toPagePixels(smallestTypePixels(viewing), page.ratio)
  const most = Math.min(page.width / LEAST_LINE_EM, page.height / LEAST_LINES)
  if (pixels <= most) return { pixels, readableMetres: undefined }
  const seen = arcMinutes(most * page.ratio * CAP_HEIGHT_EM, viewing)
  return { pixels: most, readableMetres: (wanted.distanceMetres * seen) / READABLE_ARC_MINUTES }
}

/** Type, theme and language of the layout on the page. Everything is measured in the smallest type: 1rem. */
export function useLooks(layout: WallLayoutInput, address: WallAddress): Type & { scheme: 'dark' | 'light' } {
  const [width = 0, height = 0, screenWidth = 1, screenHeight = 1, ratio = 1] = useSyncExternalStore(
    subscribe,
    readWindow,
  )
    .split(' ')
    .map(Number)
  const type = typeFor(layout.screen, { width, height, screenWidth, screenHeight, ratio })
  const scheme = address.scheme ?? layout.theme
  const lang = address.lang ?? layout.language
  useLayoutEffect(() => {
    document.documentElement.style.fontSize = `${type.pixels}px`
  }, [type.pixels])
  useLayoutEffect(() => {
    const { style } = document.documentElement
    for (const [name, value] of Object.entries(cssVariables(TOKENS[scheme]))) style.setProperty(name, value)
    style.colorScheme = scheme
  }, [scheme])
  useLayoutEffect(() => void setLanguage(lang), [lang])
  return { ...type, scheme }
}
