export interface Viewing {
  /** From the eyes of whoever stands farthest away to the screen. */
  distanceMetres: number
  /** Of the whole picture, across all panels of a video wall. */
  diagonalInches: number
  /** Of the whole picture, in the pixels that the panels have. */
  widthPixels: number
  heightPixels: number
}

/** Read at ease; 16 is the least, 20 to 22 are wanted (ISO 9241-303 recommends the same for characters on displays). */
export const READABLE_ARC_MINUTES = 20
const MILLIMETRES_PER_INCH = 25.4
const RADIANS_PER_ARC_MINUTE = Math.PI / (180 * 60)

/**
 * Height of Inter's capitals and figures, em (the font says 1490 of 2048). What is read is a letter, not the
 * box that it stands in: a size in em would be a quarter too small. Chinese characters, 0.9 em high, are larger still.
 */
export const CAP_HEIGHT_EM = 0.727

/** Millimetres from one of the screen's pixels to the next; square pixels, so that the diagonal says it. */
export const pixelMillimetres = ({
  diagonalInches,
  widthPixels,
  heightPixels,
}: Omit<Viewing, 'distanceMetres'>): number =>
  (diagonalInches * MILLIMETRES_PER_INCH) / Math.hypot(widthPixels, heightPixels)

/** Under how many minutes of arc so many of the screen's pixels are seen. */
export function arcMinutes(pixels: number, viewing: Viewing): number {
  const millimetres = pixels * pixelMillimetres(viewing)
  return (2 * Math.atan(millimetres / (2000 * viewing.distanceMetres))) / RADIANS_PER_ARC_MINUTE
}

/**
 * Font size (em) in the screen's pixels at which capitals and figures are seen under `minutes` of arc: the smallest type
 * of the wall. Rounded up to a tenth, so that no rounding makes it smaller.
 */
export function smallestTypePixels(viewing: Viewing, minutes = READABLE_ARC_MINUTES): number {
  const letterMillimetres = 2000 * viewing.distanceMetres * Math.tan((minutes * RADIANS_PER_ARC_MINUTE) / 2)
  return Math.ceil((letterMillimetres / pixelMillimetres(viewing) / CAP_HEIGHT_EM) * 10 - 1e-9) / 10
}

/** A screen's pixels are fewer or more than the page's where it is enlarged (125 %, say). */
export const toPagePixels = (screenPixels: number, devicePixelRatio: number): number =>
  screenPixels / devicePixelRatio
