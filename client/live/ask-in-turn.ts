import type { Query, QueryClient } from '@tanstack/react-query'

const PAUSE_MS = 2000
const waiting = new WeakSet<Query>()

/**
 * For queries whose answers take long: changes let them ask again one question after the other, instead of with every
 * change. Between changes an answer stays good.
 */
export const IN_TURN = { staleTime: Number.POSITIVE_INFINITY, meta: { asksInTurn: true } } as const

export const asksInTurn = ({ meta }: Query): boolean => meta?.asksInTurn === true

/**
 * Lets the queries that are IN_TURN ask again after something changed: those that are shown, when their last answer has come
 * and is two seconds old, others when they are shown again. A question under way is never cancelled, so that changes that never
 * pause do not keep it from being answered.
 */
export function askInTurn(queries: QueryClient): void {
  for (const query of queries.getQueryCache().findAll({ predicate: asksInTurn })) {
    if (!query.isActive()) query.invalidate()
    if (!query.isActive() || waiting.has(query)) continue
    waiting.add(query)
    void turnOf(query).then(() => {
      waiting.delete(query)
      // Left in the meantime: when it is shown again.
      if (!query.isActive()) return query.invalidate()
      // What it fails with is shown by whoever asked.
      void query.fetch().catch(() => {})
    })
  }
}

/** Resolves when no question is under way and the last answer is old enough. */
async function turnOf(query: Query): Promise<void> {
  for (;;) {
    if (query.state.fetchStatus === 'fetching') {
      // Joins it.
      await query.fetch().catch(() => {})
      continue
    }
    const pauseMs = Math.max(query.state.dataUpdatedAt, query.state.errorUpdatedAt) + PAUSE_MS - Date.now()
    if (pauseMs <= 0) return
    await new Promise((done) => setTimeout(done, pauseMs))
  }
}
