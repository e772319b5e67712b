/** A binary heap: the smallest key first. */
export class Heap<T> {
  private readonly items: { key: number; value: T }[] = []

  push(key: number, value: T): void {
    const { items } = this
    let i = items.push({ key, value }) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (items[parent]!.key <= items[i]!.key) break
      this.swap(i, parent)
      i = parent
    }
  }

  pop(): { key: number; value: T } | undefined {
    const { items } = this
    const top = items[0]
    const last = items.pop()
    if (!top || !last || items.length === 0) return top
    items[0] = last
    let i = 0
    for (;;) {
      const [left, right] = [2 * i + 1, 2 * i + 2]
      let least = i
      if (left < items.length && items[left]!.key < items[least]!.key) least = left
      if (right < items.length && items[right]!.key < items[least]!.key) least = right
      if (least === i) return top
      this.swap(i, least)
      i = least
    }
  }

  private swap(i: number, j: number) {
    const { items } = this
    const held = items[i]!
    items[i] = items[j]!
    items[j] = held
  }
}
