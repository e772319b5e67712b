import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import { STATUS } from '../../geodata/hazards/replay-timeline.ts'
import type { Diamonds } from '../map/diamonds-overlay.ts'
import type { Tokens } from '../ui/tokens.ts'

interface Look {
  fill: keyof Tokens
  line: keyof Tokens
  radiusPixels: number
}

/** By status: told by size and filling as well as by colour. */
const LOOKS: Record<number, Look> = {
  [STATUS.none]: { fill: 'panel', line: 'panel', radiusPixels: 0 },
  [STATUS.open]: { fill: 'info', line: 'halo', radiusPixels: 8 },
  [STATUS.soon]: { fill: 'due', line: 'halo', radiusPixels: 9.5 },
  [STATUS.overdue]: { fill: 'critical', line: 'halo', radiusPixels: 11.5 },
  [STATUS.ended]: { fill: 'panel', line: 'muted', radiusPixels: 5 },
}

export const lookOf = (status: number): Look => LOOKS[status]!

/** Longitude and latitude of each hazard, one after the other. */
export function placesOf({ hazards }: HazardReplay): Float64Array {
  const places = new Float64Array(hazards.id.length * 2)
  for (let index = 0; index < hazards.id.length; index++) {
    places[index * 2] = hazards.lng[index]!
    places[index * 2 + 1] = hazards.lat[index]!
  }
  return places
}

/** From below to above: what is wrong is never hidden by what is over. */
const DRAWN = [STATUS.ended, STATUS.open, STATUS.soon, STATUS.overdue]

/** The diamonds of all hazards that are there, in the order in which they are drawn. */
export function paintDiamonds(places: Float64Array, status: Uint8Array, tokens: Tokens): Diamonds {
  const count = status.reduce((sum, each) => sum + (each === STATUS.none ? 0 : 1), 0)
  const diamonds = {
    positions: new Float64Array(count * 3),
    fills: new Uint8Array(count * 4),
    lines: new Uint8Array(count * 4),
    radiusPixels: new Float32Array(count),
  }
  let next = 0
  for (const drawn of DRAWN) {
    const { fill, line, radiusPixels } = lookOf(drawn)
    const [inside, outline] = [opaque(tokens[fill]), opaque(tokens[line])]
    for (let index = 0; index < status.length; index++) {
      if (status[index] !== drawn) continue
      diamonds.positions[next * 3] = places[index * 2]!
      diamonds.positions[next * 3 + 1] = places[index * 2 + 1]!
      diamonds.fills.set(inside, next * 4)
      diamonds.lines.set(outline, next * 4)
      diamonds.radiusPixels[next++] = radiusPixels
    }
  }
  return diamonds
}

const opaque = (colour: string): number[] => [
  ...[1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
  255,
]

/** The hazard whose diamond covers a point, CSS pixels of the map; of several the worst. undefined: none does. */
export function hazardAt(
  places: Float64Array,
  status: Uint8Array,
  project: (lng: number, lat: number) => { x: number; y: number },
  point: { x: number; y: number },
): number | undefined {
  let [found, size] = [-1, 0]
  for (let index = 0; index < status.length; index++) {
    const { radiusPixels } = lookOf(status[index]!)
    if (radiusPixels <= size) continue
    const { x, y } = project(places[index * 2]!, places[index * 2 + 1]!)
    // Fingers need more than what is drawn.
    if (Math.abs(x - point.x) + Math.abs(y - point.y) > Math.max(radiusPixels, 12)) continue
    found = index
    size = radiusPixels
  }
  return found < 0 ? undefined : found
}
