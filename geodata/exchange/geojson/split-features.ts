import { Problem } from '../../shared/problem.ts'

const MAX_TEXT = 64 * 1024 * 1024
const MAX_DEPTH = 64
const STANDALONE = new Set(
  'Feature Point MultiPoint LineString MultiLineString Polygon MultiPolygon GeometryCollection'.split(' '),
)

export interface SplitSink {
  /** One element of `features`, or a feature or geometry that stands by itself. */
  feature(value: unknown): void
  /** The members of a collection without its features; comes after them. */
  collection(members: Record<string, unknown>): void
}

const QUOTE = 34
const COMMA = 44
const OPEN_LIST = 91
const BACKSLASH = 92
const CLOSE_LIST = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125
/** JSON's white space, the record separator of RFC 8142 and the byte order mark. */
const BLANKS = new Set([9, 10, 13, 32, 30, 0xfeff])

/**
 * Takes GeoJSON text in pieces of any size and hands out its features one by one, so that a file of any size needs the
 * memory of its largest feature. Reads a FeatureCollection, a Feature, a geometry, and sequences of these (newline- or
 * RS-delimited). Throws `unreadable-file` for what is not JSON or not GeoJSON, `too-large` for a feature above 64 MB.
 */
export class FeatureSplitter {
  readonly #sink: SplitSink
  #mode: 'between' | 'root' | 'features' | 'element' = 'between'
  #inString = false
  #escaped = false
  /** Open containers of the root object; of the element while in one. */
  #depth = 0
  #elementDepth = 0
  /** Text of the root object without its features. */
  #root = ''
  #element = ''
  #keyExpected = false
  /** Where in #root the key begins that is being read. */
  #keyFrom = -1
  #keys: string[] = []
  #next: 'first' | 'element' | 'comma' = 'first'
  #features: number | undefined
  #objects = 0

  constructor(sink: SplitSink) {
    this.#sink = sink
  }

  write(text: string): void {
    let mark = 0
    for (let i = 0; i < text.length; i++) {
      const char = text.charCodeAt(i)
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (char === BACKSLASH) this.#escaped = true
        else if (char === QUOTE) {
          this.#inString = false
          if (this.#keyFrom >= 0) {
            this.#keep(text.slice(mark, i + 1))
            mark = i + 1
            this.#endKey()
          }
        }
      } else if (this.#mode === 'between') {
        if (char === OPEN_OBJECT) this.#startRoot()
        else if (!BLANKS.has(char)) throw notAnObject(text.slice(i, i + 20), this.#objects)
        mark = char === OPEN_OBJECT ? i : i + 1
      } else if (this.#mode === 'root') {
        if (char === QUOTE) {
          this.#inString = true
          if (this.#depth === 1 && this.#keyExpected) this.#keyFrom = this.#root.length + i - mark
        } else if (char === OPEN_OBJECT || char === OPEN_LIST) {
          this.#depth++
          this.#checkDepth(this.#depth)
          if (char === OPEN_LIST && this.#depth === 2 && this.#keys.at(-1) === 'features') {
            this.#keep(text.slice(mark, i + 1))
            this.#startFeatures()
          }
        } else if (char === CLOSE_OBJECT || char === CLOSE_LIST) {
          if (--this.#depth === 0) {
            this.#keep(text.slice(mark, i + 1))
            mark = i + 1
            this.#endRoot()
          }
        } else if (char === COMMA && this.#depth === 1) this.#keyExpected = true
      } else if (this.#mode === 'features') {
        if (char === COMMA && this.#next === 'comma') this.#next = 'element'
        else if (char === CLOSE_LIST && this.#next !== 'element') {
          this.#mode = 'root'
          this.#depth = 1
          mark = i
        } else if (!BLANKS.has(char)) {
          if (this.#next === 'comma' || char === COMMA || char === CLOSE_LIST || char === CLOSE_OBJECT)
            throw unreadable(
              `After feature ${this.#features} comes "${text.slice(i, i + 20)}", which is not JSON.`,
            )
          this.#mode = 'element'
          this.#elementDepth = 0
          mark = i--
        }
      } else if (char === QUOTE) this.#inString = true
      else if (char === OPEN_OBJECT || char === OPEN_LIST) this.#checkDepth(++this.#elementDepth)
      else if (this.#elementDepth === 0 && (char === COMMA || char === CLOSE_LIST)) {
        this.#keep(text.slice(mark, i--))
        this.#endElement()
      } else if ((char === CLOSE_OBJECT || char === CLOSE_LIST) && --this.#elementDepth <= 0) {
        this.#keep(text.slice(mark, i + 1))
        this.#endElement()
      }
    }
    if (this.#mode === 'root' || this.#mode === 'element') this.#keep(text.slice(mark))
  }

  end(): void {
    if (this.#mode !== 'between')
      throw unreadable('The file is cut short: it ends inside an object, a list or a text.')
    if (this.#objects === 0) throw unreadable('The file holds no GeoJSON object.')
  }

  #keep(text: string): void {
    if (this.#mode === 'root') this.#root += text
    else this.#element += text
    if (this.#root.length > MAX_TEXT || this.#element.length > MAX_TEXT)
      throw new Problem('too-large', `Feature ${(this.#features ?? 0) + 1} is larger than 64 MB of text.`)
  }

  #checkDepth(depth: number): void {
    if (depth > MAX_DEPTH) throw unreadable(`The JSON is nested deeper than ${MAX_DEPTH} levels.`)
  }

  #startRoot(): void {
    this.#mode = 'root'
    this.#depth = 1
    this.#root = ''
    this.#keys = []
    this.#keyExpected = true
    this.#features = undefined
    this.#objects++
  }

  #endKey(): void {
    const key = String(parse(this.#root.slice(this.#keyFrom), 'A member name'))
    if (this.#keys.includes(key))
      throw unreadable(`The member "${key.slice(0, 40)}" stands twice in one object.`)
    if (this.#keys.push(key) > 1000) throw unreadable('An object has more than 1000 members.')
    this.#keyFrom = -1
    this.#keyExpected = false
  }

  #startFeatures(): void {
    this.#mode = 'features'
    this.#next = 'first'
    this.#features = 0
  }

  #endElement(): void {
    this.#features = (this.#features ?? 0) + 1
    const value = parse(this.#element, `Feature ${this.#features}`)
    this.#element = ''
    this.#mode = 'features'
    this.#next = 'comma'
    this.#sink.feature(value)
  }

  #endRoot(): void {
    this.#mode = 'between'
    const members = parse(this.#root, this.#objects > 1 ? `Object ${this.#objects}` : 'The file') as Record<
      string,
      unknown
    >
    const { type } = members
    if (type === 'FeatureCollection') {
      if (this.#features === undefined)
        throw unreadable('The FeatureCollection has no list "features", which GeoJSON asks for.')
      const odd = foreignMember(members, 'FeatureCollection')
      if (odd) throw unreadable(`The FeatureCollection ${odd}.`)
      this.#sink.collection(members)
    } else if (STANDALONE.has(String(type)) && !this.#features) {
      this.#sink.feature(members)
    } else throw unreadable(wrongType(type))
  }
}

const OF_OTHERS = {
  FeatureCollection: ['coordinates', 'geometries', 'geometry'],
  Feature: ['coordinates', 'geometries', 'features'],
  geometry: ['geometry', 'properties', 'features'],
}

/** A member that belongs to another kind of GeoJSON object, which RFC 7946 section 7.1 rules out: which kind is meant? */
export function foreignMember(members: object, kind: keyof typeof OF_OTHERS): string | undefined {
  const odd = OF_OTHERS[kind].find((member) => member in members)
  return odd && `has the member "${odd}", which belongs to another kind of GeoJSON object (RFC 7946, 7.1)`
}

function wrongType(type: unknown): string {
  const found = type === undefined ? 'has no "type"' : `has the type ${JSON.stringify(type)?.slice(0, 60)}`
  const hint =
    type === 'Topology' ? ' This is TopoJSON: convert it to GeoJSON.' : ' Upper and lower case matter.'
  return `The object ${found}, expected FeatureCollection, Feature or a geometry.${hint}`
}

function notAnObject(found: string, objects: number): Problem {
  const where = objects > 0 ? `After object ${objects} comes` : 'The file starts with'
  return unreadable(`${where} "${found}", expected a GeoJSON object, which starts with {.`)
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unreadable(`${what} is not valid JSON: ${(error as Error).message.slice(0, 200)}`)
  }
}

const unreadable = (detail: string) => new Problem('unreadable-file', detail)
