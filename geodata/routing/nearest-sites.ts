/**
 * For each of n sites the others, nearest first, at most `count` of them; ties by number, sites without a way left out
 * (-1 fills the row). Answer: n × width, row-major.
 */
export function nearestSites(
  n: number,
  cost: (from: number, to: number) => number,
  count: number,
): { width: number; ids: Int32Array } {
  const width = Math.max(0, Math.min(count, n - 1))
  const ids = new Int32Array(n * width).fill(-1)
  const heap = new Int32Array(width)
  const costs = new Float64Array(n)
  const isFarther = (a: number, b: number) => costs[a]! > costs[b]! || (costs[a] === costs[b] && a > b)
  for (let from = 0; from < n; from++) {
    for (let to = 0; to < n; to++) costs[to] = cost(from, to)
    let size = 0
    for (let to = 0; to < n; to++) {
      if (to === from || costs[to] === Number.POSITIVE_INFINITY) continue
      if (size < width) {
        let at = size++
        for (; at > 0 && isFarther(to, heap[(at - 1) >> 1]!); at = (at - 1) >> 1)
          heap[at] = heap[(at - 1) >> 1]!
        heap[at] = to
      } else if (width > 0 && isFarther(heap[0]!, to)) sink(heap, size, to, isFarther)
    }
    const found = heap.slice(0, size)
    found.sort((a, b) => costs[a]! - costs[b]! || a - b)
    ids.set(found, from * width)
  }
  return { width, ids }
}

/** Replaces the farthest, at the top, by `item`. */
function sink(
  heap: Int32Array,
  size: number,
  item: number,
  isFarther: (a: number, b: number) => boolean,
): void {
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= size) break
    if (child + 1 < size && isFarther(heap[child + 1]!, heap[child]!)) child++
    if (!isFarther(heap[child]!, item)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = item
}
