import type { OsmData, OsmTags, OsmWay } from './osm-data.ts'

interface RoadSegment {
  sourceId: string
  tags: OsmTags
  /** Degrees */
  coordinates: [lng: number, lat: number][]
}

export interface NodedRoads {
  segments: RoadSegment[]
  /** Ways that leave the extract: the stretches inside are kept. */
  cutOff: number
  /** Nodes of a bridge or tunnel moved by about a centimetre, because another level ends at the same position. */
  movedApart: number
}

/**
 * Cuts ways into segments that meet only at their ends: at every node that two ways share, or that one way passes
 * twice. Ways that cross without a shared node (bridges, tunnels) are not joined. A segment's source id is its way and
 * its number along it.
 */
export function nodeRoads(ways: OsmWay[], data: OsmData): NodedRoads {
  const uses = new Map<number, number>()
  for (const way of ways) {
    for (const [index, ref] of way.refs.entries())
      if (index === 0 || ref !== way.refs[index - 1]) uses.set(ref, (uses.get(ref) ?? 0) + 1)
  }
  const apart = new Separator(data)
  const segments: RoadSegment[] = []
  let cutOff = 0
  for (const way of ways) {
    const pieces = splitWay(way, uses, data)
    if (pieces.missing) cutOff++
    const level = levelOf(way.tags!)
    let number = 0
    for (const refs of pieces.found) {
      const coordinates = refs.map((ref, index) =>
        apart.position(ref, level, index === 0 || index === refs.length - 1),
      )
      if (coordinates.every((position) => String(position) === String(coordinates[0]))) continue
      segments.push({ sourceId: `osm:way/${way.id}#${number++}`, tags: way.tags!, coordinates })
    }
  }
  return { segments, cutOff, movedApart: apart.moved }
}

function splitWay(way: OsmWay, uses: Map<number, number>, data: OsmData) {
  const found: number[][] = []
  let piece: number[] = []
  let missing = false
  const close = () => {
    if (piece.length >= 2) found.push(piece)
    piece = []
  }
  for (const ref of way.refs) {
    if (!data.position(ref)) {
      missing = true
      close()
      continue
    }
    if (ref === piece.at(-1)) continue
    piece.push(ref)
    if (piece.length > 1 && uses.get(ref)! > 1) {
      close()
      piece = [ref]
    }
  }
  close()
  return { found, missing }
}

const levelOf = (tags: OsmTags): string =>
  `${tags.layer ?? '0'}${tags.bridge && tags.bridge !== 'no' ? 'b' : ''}${tags.tunnel && tags.tunnel !== 'no' ? 't' : ''}`

/**
 * The network is joined by equal coordinates from here on, so two different nodes at one position, on different
 * levels, would become a junction that does not exist: the later one is moved by 1e-7 degrees.
 */
class Separator {
  moved = 0
  readonly #data: OsmData
  readonly #endAt = new Map<string, { ref: number; level: string }>()
  readonly #places = new Map<number, [number, number]>()

  constructor(data: OsmData) {
    this.#data = data
  }

  position(ref: number, level: string, isEnd: boolean): [number, number] {
    const known = this.#places.get(ref)
    const at: [number, number] = known ?? [...this.#data.position(ref)!]
    if (isEnd && !known) {
      let taken = this.#endAt.get(String(at))
      while (taken && taken.ref !== ref && taken.level !== level) {
        at[0] += at[0] > 0 ? -1 : 1
        this.moved++
        taken = this.#endAt.get(String(at))
      }
      if (!taken) this.#endAt.set(String(at), { ref, level })
      this.#places.set(ref, at)
    }
    return [at[0] / 1e7, at[1] / 1e7]
  }
}
