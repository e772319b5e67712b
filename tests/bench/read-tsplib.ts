import { numberOf } from './read-instances.ts'

export interface TspProblem {
  n: number
  /** n × n, row-major, whole numbers as TSPLIB rounds them. */
  costs: Float64Array
}

type Point = readonly [x: number, y: number]
const nearest = (value: number) => Math.floor(value + 0.5)
const RADIUS_KM = 6378.388

/** Degrees and minutes, as TSPLIB writes 41.30 for 41° 30′, in radians. */
function radians(value: number): number {
  const degrees = Math.trunc(value)
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: the optima were found with this value of π
  return (3.141592 * (degrees + (5 * (value - degrees)) / 3)) / 180
}

/** Reinelt (1995), TSPLIB 95, section 2. */
const DISTANCES: Record<string, (a: Point, b: Point) => number> = {
  EUC_2D: ([x, y], [u, v]) => nearest(Math.hypot(x - u, y - v)),
  CEIL_2D: ([x, y], [u, v]) => Math.ceil(Math.hypot(x - u, y - v)),
  ATT: ([x, y], [u, v]) => Math.ceil(Math.sqrt(((x - u) ** 2 + (y - v) ** 2) / 10)),
  GEO: ([x, y], [u, v]) => {
    const q1 = Math.cos(radians(y) - radians(v))
    const q2 = Math.cos(radians(x) - radians(u))
    const q3 = Math.cos(radians(x) + radians(u))
    return Math.trunc(RADIUS_KM * Math.acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3)) + 1)
  },
}

/** Which columns of a row a matrix tells, the last not counted. */
const SPANS = new Map<string, (row: number, n: number) => [from: number, to: number]>([
  ['FULL_MATRIX', (_, n) => [0, n]],
  ['UPPER_ROW', (row, n) => [row + 1, n]],
  ['UPPER_DIAG_ROW', (row, n) => [row, n]],
  ['LOWER_ROW', (row) => [0, row]],
  ['LOWER_DIAG_ROW', (row) => [0, row + 1]],
])

/** A symmetric problem in TSPLIB's format: coordinates, or a full or triangular matrix. */
export function readTsplib(text: string): TspProblem {
  const [head = '', ...sections] = text.split(/^\s*(?=(?:NODE_COORD|EDGE_WEIGHT|DISPLAY_DATA)_SECTION|EOF)/m)
  const headers = new Map(
    head.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':')
      return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const]
    }),
  )
  const n = numberOf(headers.get('DIMENSION'), 'DIMENSION')
  const type = headers.get('EDGE_WEIGHT_TYPE') ?? 'nothing'
  const numbersOf = (name: string) => {
    const section = sections.find((one) => one.trimStart().startsWith(name))
    if (!section) throw new Error(`it has no ${name}`)
    const words = section.replace(name, '').split(/\s+/).filter(Boolean)
    return words.map((word) => numberOf(word, `a value of ${name}`))
  }
  const costs = new Float64Array(n * n)
  const distance = DISTANCES[type]
  if (distance) {
    const values = numbersOf('NODE_COORD_SECTION')
    if (values.length < 3 * n) throw new Error(`it has ${Math.floor(values.length / 3)} of ${n} places`)
    const point = (at: number): Point => [values[3 * at + 1]!, values[3 * at + 2]!]
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) if (a !== b) costs[a * n + b] = distance(point(a), point(b))
    return { n, costs }
  }
  if (type !== 'EXPLICIT')
    throw new Error(`EDGE_WEIGHT_TYPE is ${type}, one of ${Object.keys(DISTANCES)}, EXPLICIT was expected`)
  const format = headers.get('EDGE_WEIGHT_FORMAT') ?? 'nothing'
  const span = SPANS.get(format)
  if (!span) throw new Error(`EDGE_WEIGHT_FORMAT is ${format}, one of ${[...SPANS.keys()]} was expected`)
  const values = numbersOf('EDGE_WEIGHT_SECTION')
  let at = 0
  for (let row = 0; row < n; row++) {
    const [from, to] = span(row, n)
    for (let column = from; column < to; column++) {
      const value = values[at++]
      if (value === undefined) throw new Error(`its matrix ends in row ${row + 1} of ${n}`)
      costs[row * n + column] = value
      costs[column * n + row] = value
    }
  }
  return { n, costs }
}
