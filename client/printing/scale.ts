/** WGS 84. */
const SEMI_MAJOR_METRES = 6_378_137
const ECCENTRICITY_SQUARED = 0.006_694_379_990_14
/** A CSS pixel on paper is 1/96 inch. */
export const METRES_PER_PAPER_PIXEL = 0.0254 / 96
/** MapLibre's world is 512 CSS pixels wide at zoom 0. */
const WORLD_PIXELS = 512

/** Scales that people know from paper maps, as the n of 1:n. */
export const SCALES = [
  200, 500, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10_000, 15_000, 20_000, 25_000, 30_000, 40_000,
  50_000, 75_000, 100_000, 200_000, 500_000, 1_000_000,
] as const

/**
 * Metres on the ground of one CSS pixel along the parallel of `lat`: on the ellipsoid, not on the sphere that Web
 * Mercator draws, which would be wrong by up to 0.3 %.
 */
export function metresPerPixel(lat: number, zoom: number): number {
  return (360 / (WORLD_PIXELS * 2 ** zoom)) * metresPerDegree(lat)
}

/** Length of a degree of longitude at `lat`, metres: a cos φ / √(1 − e² sin² φ) · π/180. */
export function metresPerDegree(lat: number): number {
  const phi = (lat * Math.PI) / 180
  const radius =
    (SEMI_MAJOR_METRES * Math.cos(phi)) / Math.sqrt(1 - ECCENTRICITY_SQUARED * Math.sin(phi) ** 2)
  return (radius * Math.PI) / 180
}

/** Zoom at which the map's middle parallel is drawn at 1:n on paper. */
export function zoomOfScale(n: number, lat: number): number {
  return Math.log2((360 * metresPerDegree(lat)) / (WORLD_PIXELS * n * METRES_PER_PAPER_PIXEL))
}

/** The first known scale at which `metres` fit into `pixels` of paper; the smallest scale when none does. */
export function scaleToFit(
  metres: { wide: number; high: number },
  pixels: { wide: number; high: number },
): number {
  const least = Math.max(metres.wide / pixels.wide, metres.high / pixels.high) / METRES_PER_PAPER_PIXEL
  return SCALES.find((n) => n >= least) ?? SCALES.at(-1)!
}

export interface ScaleBar {
  metres: number
  pixels: number
}

/** The longest bar of 1, 2 or 5 times a power of ten metres that is no longer than `mostPixels`. */
export function scaleBar(metresPerPixelHere: number, mostPixels: number): ScaleBar {
  const most = metresPerPixelHere * mostPixels
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = power * ([5, 2, 1].find((step) => step * power <= most) ?? 1)
  return { metres, pixels: metres / metresPerPixelHere }
}

/** Centre after the picture was moved by CSS pixels (right and down positive) under a still frame, degrees. */
export function moveCentre(
  [lng, lat]: readonly [number, number],
  { zoom, bearing }: { zoom: number; bearing: number },
  right: number,
  down: number,
): [number, number] {
  const turn = (bearing * Math.PI) / 180
  const east = right * Math.cos(turn) - down * Math.sin(turn)
  const south = right * Math.sin(turn) + down * Math.cos(turn)
  const world = WORLD_PIXELS * 2 ** zoom
  const y = Math.asinh(Math.tan((lat * Math.PI) / 180)) + (south * 2 * Math.PI) / world
  const moved = (Math.atan(Math.sinh(y)) * 180) / Math.PI
  return [lng - (east * 360) / world, Math.max(-85, Math.min(85, moved))]
}
