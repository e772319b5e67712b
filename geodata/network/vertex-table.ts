/** Decimals of a degree that tell places apart, as a factor: 7, about a centimetre. */
export const LATTICE = 1e7

/**
 * Places, each once, by number: an open-addressed table over whole 1e-7 degrees. Counts how many lines go through a
 * place and how many end there. A place keeps its number when no line is left there.
 */
export class VertexTable {
  count = 0
  /** Whole 1e-7 degrees. */
  x: Int32Array
  y: Int32Array
  uses: Uint32Array
  ends: Uint32Array
  /** Number of a place plus 1; 0: free. At most half full. */
  private slots: Int32Array

  constructor(capacity = 1024) {
    this.x = new Int32Array(capacity)
    this.y = new Int32Array(capacity)
    this.uses = new Uint32Array(capacity)
    this.ends = new Uint32Array(capacity)
    this.slots = new Int32Array(capacity * 2)
  }

  copy(): VertexTable {
    const copy = new VertexTable(0)
    copy.count = this.count
    copy.x = this.x.slice()
    copy.y = this.y.slice()
    copy.uses = this.uses.slice()
    copy.ends = this.ends.slice()
    copy.slots = this.slots.slice()
    return copy
  }

  /** The number of a place, which is added when it is new. */
  numberOf(x: number, y: number): number {
    if (this.count === this.x.length) this.grow()
    const mask = this.slots.length - 1
    let slot = hash(x, y) & mask
    for (;;) {
      const found = this.slots[slot]! - 1
      if (found < 0) break
      if (this.x[found] === x && this.y[found] === y) return found
      slot = (slot + 1) & mask
    }
    const number = this.count++
    this.slots[slot] = number + 1
    this.x[number] = x
    this.y[number] = y
    return number
  }

  /** Lines meet or end here. */
  isNode(number: number): boolean {
    return this.uses[number]! > 1 || this.ends[number]! > 0
  }

  private grow(): void {
    const capacity = Math.max(1024, this.x.length * 2)
    this.x = widen(this.x, new Int32Array(capacity))
    this.y = widen(this.y, new Int32Array(capacity))
    this.uses = widen(this.uses, new Uint32Array(capacity))
    this.ends = widen(this.ends, new Uint32Array(capacity))
    this.slots = new Int32Array(capacity * 2)
    const mask = this.slots.length - 1
    for (let number = 0; number < this.count; number++) {
      let slot = hash(this.x[number]!, this.y[number]!) & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = number + 1
    }
  }
}

function widen<A extends Int32Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}

function hash(x: number, y: number): number {
  let mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
