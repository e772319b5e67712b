/** Sets of items that are joined step by step (Tarjan, 1975; halving paths). */
export class DisjointSets {
  private readonly parent: Int32Array

  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, item) => item)
  }

  find(item: number): number {
    let at = item
    while (this.parent[at] !== at) {
      this.parent[at] = this.parent[this.parent[at]!]!
      at = this.parent[at]!
    }
    return at
  }

  /** False: they were in one set already. */
  join(a: number, b: number): boolean {
    const [one, other] = [this.find(a), this.find(b)]
    if (one === other) return false
    this.parent[Math.max(one, other)] = Math.min(one, other)
    return true
  }
}
