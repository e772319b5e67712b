import { cleanText } from '../../shared/clean-text.ts'
import { Problem } from '../../shared/problem.ts'

/** Only these tags are kept, so that a country's worth of notes and sources does not fill the memory. */
const KEPT_KEYS = new Set(
  `type name name:zh name:en building building:levels building:flats building:use height
  addr:full addr:housename addr:street addr:housenumber addr:place highway area foot access sidewalk motorroad bridge tunnel layer
  amenity shop office emergency barrier leisure landuse natural waterway water tourism healthcare place capacity
  opening_hours social_facility:for bicycle motorcar scooter indoor man_made`.split(/\s+/),
)

const MAX_NODES = 40_000_000
const MAX_WAYS = 8_000_000
const MAX_REFERENCES = 80_000_000
const MAX_TAG_LENGTH = 1000

export type OsmTags = Record<string, string>

export interface OsmWay {
  id: number
  /** OSM node ids */
  refs: Float64Array
  tags: OsmTags | undefined
}

export interface OsmRelation {
  id: number
  tags: OsmTags
  members: { way: number; role: string }[]
}

/** What an OSM reader fills and the mapping reads. Coordinates are 1e-7 degrees, as OSM keeps them. */
export class OsmData {
  readonly ways = new Map<number, OsmWay>()
  /** Multipolygons alone. */
  readonly relations = new Map<number, OsmRelation>()
  readonly taggedNodes = new Map<number, OsmTags>()
  readonly counts = { nodes: 0, ways: 0, relations: 0, withoutPosition: 0 }
  #ids = new Float64Array(1 << 12)
  #lngs = new Int32Array(1 << 12)
  #lats = new Int32Array(1 << 12)
  #size = 0
  #sorted = true
  #references = 0

  /** Degrees. A later node of the same id takes the place of an earlier one. */
  addNode(id: number, lng: number, lat: number, tags: OsmTags | undefined): void {
    if (!Number.isSafeInteger(id)) throw badId('node', id)
    if (++this.counts.nodes > MAX_NODES) throw tooLarge('nodes', MAX_NODES)
    if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) {
      this.counts.withoutPosition++
      return
    }
    if (this.#size === this.#ids.length) this.#grow()
    if (this.#size > 0 && id <= this.#ids[this.#size - 1]!) this.#sorted = false
    this.#ids[this.#size] = id
    this.#lngs[this.#size] = Math.round(lng * 1e7)
    this.#lats[this.#size] = Math.round(lat * 1e7)
    this.#size++
    if (tags) this.taggedNodes.set(id, tags)
    else this.taggedNodes.delete(id)
  }

  addWay(id: number, refs: ArrayLike<number>, tags: OsmTags | undefined): void {
    if (!Number.isSafeInteger(id)) throw badId('way', id)
    if (++this.counts.ways > MAX_WAYS) throw tooLarge('ways', MAX_WAYS)
    this.#references += refs.length
    if (this.#references > MAX_REFERENCES) throw tooLarge('node references', MAX_REFERENCES)
    this.ways.set(id, { id, refs: Float64Array.from(refs), tags })
  }

  addRelation(id: number, tags: OsmTags | undefined, members: OsmRelation['members']): void {
    if (!Number.isSafeInteger(id)) throw badId('relation', id)
    this.counts.relations++
    this.#references += members.length
    if (this.#references > MAX_REFERENCES) throw tooLarge('members', MAX_REFERENCES)
    if (tags?.type === 'multipolygon') this.relations.set(id, { id, tags, members })
  }

  /** 1e-7 degrees, or undefined when the file does not hold the node (an extract's edge). */
  position(id: number): [lng: number, lat: number] | undefined {
    if (!this.#sorted) this.#sort()
    let low = 0
    let high = this.#size - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.#ids[middle]!
      if (found === id) return [this.#lngs[middle]!, this.#lats[middle]!]
      if (found < id) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }

  #grow(): void {
    const enlarge = <T extends Float64Array | Int32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    const length = this.#ids.length * 2
    this.#ids = enlarge(this.#ids, new Float64Array(length))
    this.#lngs = enlarge(this.#lngs, new Int32Array(length))
    this.#lats = enlarge(this.#lats, new Int32Array(length))
  }

  #sort(): void {
    const order = Uint32Array.from({ length: this.#size }, (_, index) => index)
    order.sort((a, b) => this.#ids[a]! - this.#ids[b]! || a - b)
    const last = order.filter(
      (index, at) => at + 1 === order.length || this.#ids[index] !== this.#ids[order[at + 1]!],
    )
    this.#ids = Float64Array.from(last, (index) => this.#ids[index]!)
    const lngs = this.#lngs
    const lats = this.#lats
    this.#lngs = Int32Array.from(last, (index) => lngs[index]!)
    this.#lats = Int32Array.from(last, (index) => lats[index]!)
    this.#size = last.length
    this.#sorted = true
  }
}

/** Adds a tag when it is one that the import looks at; returns the tags, made when first needed. */
export function keepTag(tags: OsmTags | undefined, key: string, value: string): OsmTags | undefined {
  if (!KEPT_KEYS.has(key) || value === '') return tags
  const clean = cleanText(value, MAX_TAG_LENGTH)
  if (clean === '') return tags
  const kept = tags ?? {}
  kept[key] = clean
  return kept
}

const badId = (kind: string, id: number) =>
  new Problem('unreadable-file', `The OSM file has a ${kind} whose id is ${id}, expected a whole number.`)

const tooLarge = (what: string, limit: number) =>
  new Problem(
    'too-large',
    `The OSM file has more than ${limit.toLocaleString('en')} ${what}. Cut a smaller extract, e.g. with osmium extract.`,
  )
