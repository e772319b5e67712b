import { cleanText } from '../shared/clean-text.ts'

/** Collects what an import has to tell: bounded, whatever the file holds. */
const MAX_ITEMS = 1000
const MAX_KINDS = 200

export interface Skipped {
  total: number
  reasons: { reason: string; count: number }[]
  /** The first 1000. */
  items: { feature: string; reason: string }[]
}

export interface Altered {
  total: number
  /** The first 1000. */
  items: { feature: string; change: string }[]
}

export class ReadNotes {
  readonly #reasons = new Counter()
  readonly #items: Skipped['items'] = []
  readonly #altered: Altered = { total: 0, items: [] }
  readonly #notes = new Counter()
  readonly #unknown = new Counter()

  /** `kind` groups reasons that name a value of their own; left out, the reason itself. */
  skip(feature: string, reason: string, kind = reason): void {
    this.#reasons.add(cleanText(kind, 300))
    if (this.#items.length < MAX_ITEMS)
      this.#items.push({ feature: cleanText(feature, 200), reason: cleanText(reason, 500) })
  }

  /** A feature that was taken, with its shape changed. */
  alter(feature: string, change: string): void {
    this.note(change)
    this.#altered.total++
    if (this.#altered.items.length < MAX_ITEMS)
      this.#altered.items.push({ feature: cleanText(feature, 200), change: cleanText(change, 300) })
  }

  note(note: string, count = 1): void {
    if (count > 0) this.#notes.add(cleanText(note, 300), count)
  }

  unknownProperty(key: string): void {
    this.#unknown.add(cleanText(key, 100))
  }

  get skipped(): Skipped {
    return {
      total: this.#reasons.total,
      reasons: this.#reasons.list().map(([reason, count]) => ({ reason, count })),
      items: this.#items,
    }
  }

  get altered(): Altered {
    return this.#altered
  }

  get notes(): { note: string; count: number }[] {
    return this.#notes.list().map(([note, count]) => ({ note, count }))
  }

  get unknownProperties(): { property: string; count: number }[] {
    return this.#unknown.list().map(([property, count]) => ({ property, count }))
  }
}

class Counter {
  total = 0
  readonly #counts = new Map<string, number>()

  add(key: string, count = 1): void {
    this.total += count
    const kept = this.#counts.has(key) || this.#counts.size < MAX_KINDS ? key : '(others)'
    this.#counts.set(kept, (this.#counts.get(kept) ?? 0) + count)
  }

  list(): [string, number][] {
    return [...this.#counts].sort((a, b) => b[1] - a[1])
  }
}
