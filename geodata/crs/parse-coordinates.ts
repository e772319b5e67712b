import type { LngLat } from '../shared/geojson.ts'
import { toLngLat } from './convert.ts'
import { beltOfZone, type Crs, findCrs } from './crs-list.ts'
import { readNumbers } from './read-numbers.ts'

export interface CoordinateProblem {
  reason: 'unknown-crs' | 'unreadable' | 'not-two-numbers' | 'both-same-axis' | 'out-of-range' | 'other-crs'
  /** What was found, what was expected, what to do. */
  message: { zh: string; en: string }
  /** The system that the numbers fit, where that can be told. */
  suggestedCrsId?: string
}
export type ParsedCoordinates =
  | { ok: true; lngLat: LngLat; order: 'east-first' | 'north-first' }
  | ({ ok: false } & CoordinateProblem)

const MAX_TEXT = 200
const fail = (
  reason: CoordinateProblem['reason'],
  zh: string,
  en: string,
  suggested?: Crs,
): ParsedCoordinates => ({
  ok: false,
  reason,
  message: { zh, en },
  ...(suggested ? { suggestedCrsId: suggested.id } : {}),
})

/**
 * A place that somebody typed or pasted, in a system of CRS_LIST. Takes decimals and degrees-minutes-seconds, either
 * order where letters or magnitudes tell which is which (east first otherwise), commas and digits of either width,
 * spaces, tabs, hemispheres as letters or in Chinese.
 */
export function parseCoordinates(text: string, crsId: string): ParsedCoordinates {
  const crs = findCrs(crsId)
  if (!crs)
    return fail(
      'unknown-crs',
      `没有坐标系“${crsId}”，请从列表中选择`,
      `There is no coordinate system “${crsId}”; choose one from the list`,
    )
  const shown = text.trim().slice(0, 60)
  const read = text.length <= MAX_TEXT ? readNumbers(text) : undefined
  if (!read)
    return fail(
      'unreadable',
      `读不懂“${shown}”，应为两个数，例如 ${exampleOf(crs)}`,
      `“${shown}” cannot be read; expected two numbers such as ${exampleOf(crs)}`,
    )
  if (read.length !== 2)
    return fail(
      'not-two-numbers',
      `“${shown}”中有 ${read.length} 个数，应为 2 个，例如 ${exampleOf(crs)}`,
      `“${shown}” holds ${read.length} numbers; expected 2, such as ${exampleOf(crs)}`,
    )
  const [one, other] = read as [(typeof read)[0], (typeof read)[0]]
  if (one.axis && one.axis === other.axis)
    return fail(
      'both-same-axis',
      `“${shown}”的两个数都是${one.axis === 'east' ? '经度' : '纬度'}，应为一个经度、一个纬度`,
      `Both numbers in “${shown}” are ${one.axis === 'east' ? 'longitudes' : 'latitudes'}; expected one of each`,
    )
  const northFirst =
    one.axis || other.axis
      ? one.axis === 'north' || other.axis === 'east'
      : looksNorthFirst(crs, one.value, other.value)
  const [east, north] = northFirst ? [other.value, one.value] : [one.value, other.value]
  const misfit = findMisfit(crs, east, north)
  if (misfit) return misfit
  const lngLat = toLngLat(crs.id, [east, north])
  return lngLat
    ? { ok: true, lngLat, order: northFirst ? 'north-first' : 'east-first' }
    : outOfRange(crs, east, north)
}

const exampleOf = ({ unit, belt }: Crs): string =>
  unit === 'degree'
    ? '120.6203, 31.3187'
    : belt
      ? `${belt.easting === '8-digit' ? belt.zone : ''}559043.89, 3466475.43`
      : '13427390.38, 3674207.94'

/** Only when the numbers fit no other way round. */
function looksNorthFirst(crs: Crs, first: number, second: number): boolean {
  const fits = (east: number, north: number): boolean => {
    if (crs.unit === 'degree') return between(east, 70, 140) && between(north, 0, 56)
    if (!crs.belt) return between(east, 7_500_000, 15_500_000) && between(north, 0, 7_500_000)
    return isEasting(east) && between(north, 0, 7_000_000)
  }
  if (crs.unit === 'degree' && Math.abs(first) <= 90 && between(Math.abs(second), 90, 180)) return true
  return fits(second, first) && !fits(first, second)
}

const between = (value: number, low: number, high: number) => value >= low && value <= high
const zoneOf = (easting: number) => Math.floor(easting / 1_000_000)
const isEasting = (value: number) => between(value, 100_000, 900_000) || between(zoneOf(value), 25, 45)

function findMisfit(crs: Crs, east: number, north: number): ParsedCoordinates | undefined {
  if (crs.unit === 'degree') {
    if (Math.abs(east) <= 180 && Math.abs(north) <= 90) return undefined
    const zone = [east, north].map(zoneOf).find((value) => between(value, 25, 45))
    return Math.max(Math.abs(east), Math.abs(north)) > 1_000
      ? fail(
          'other-crs',
          `${east}, ${north} 像是投影坐标（米），当前坐标系“${crs.zh}”用度；请改选投影坐标系`,
          `${east}, ${north} look like projected metres, but ${crs.en} is in degrees; choose a projected system`,
          zone ? beltOfZone(zone, '8-digit') : undefined,
        )
      : outOfRange(crs, east, north)
  }
  if (Math.abs(east) <= 180 && Math.abs(north) <= 180 && (east % 1 !== 0 || north % 1 !== 0))
    return fail(
      'other-crs',
      `${east}, ${north} 像是经纬度（度），当前坐标系“${crs.zh}”用米；请改选经纬度坐标系`,
      `${east}, ${north} look like degrees, but ${crs.en} is in metres; choose longitude and latitude`,
      findCrs('EPSG:4490'),
    )
  if (!crs.belt) return undefined
  const { easting, zone } = crs.belt
  const found = between(zoneOf(east), 25, 45) ? zoneOf(east) : undefined
  if (easting === '6-digit' && found)
    return fail(
      'other-crs',
      `东坐标 ${east} 带有带号 ${found}，当前坐标系“${crs.zh}”的东坐标为 6 位；请改选第 ${found} 带`,
      `Easting ${east} begins with zone ${found}, but ${crs.en} has 6-digit eastings; choose zone ${found}`,
      beltOfZone(found, '8-digit'),
    )
  if (easting === '8-digit' && found && found !== zone)
    return fail(
      'other-crs',
      `东坐标 ${east} 属于第 ${found} 带，当前选的是第 ${zone} 带；请改选第 ${found} 带`,
      `Easting ${east} belongs to zone ${found}, but zone ${zone} is chosen; choose zone ${found}`,
      beltOfZone(found, '8-digit'),
    )
  if (easting === '8-digit' && !found)
    return fail(
      'other-crs',
      `东坐标 ${east} 没有带号，第 ${zone} 带的东坐标应为 8 位、以 ${zone} 开头；请改选中央子午线 ${zone * 3}°E`,
      `Easting ${east} has no zone number; zone ${zone} expects 8 digits beginning with ${zone}; choose CM ${zone * 3}E`,
      beltOfZone(zone, '6-digit'),
    )
  if (
    !between(east - (easting === '8-digit' ? zone * 1_000_000 : 0), 0, 1_000_000) ||
    !between(north, 0, 10_000_000)
  )
    return outOfRange(crs, east, north)
  return undefined
}

function outOfRange(crs: Crs, east: number, north: number): ParsedCoordinates {
  const [zhEast, zhNorth] = crs.axisNames.zh
  return fail(
    'out-of-range',
    `${zhEast} ${east}、${zhNorth} ${north} 超出“${crs.zh}”的范围，应类似 ${exampleOf(crs)}；请检查数值和坐标系`,
    `${crs.axisNames.en[0]} ${east}, ${crs.axisNames.en[1].toLowerCase()} ${north} is outside ${crs.en}; expected something like ${exampleOf(crs)}. Check the numbers and the system`,
  )
}
