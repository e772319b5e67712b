import type { Query, QueryClient, QueryFilters } from '@tanstack/react-query'
import { asksInTurn } from './ask-in-turn.ts'

const asked = new WeakSet<Query>()

/**
 * Lets the queries ask again after something changed. One whose very first answer is still on its way cannot be
 * restarted, and that answer may be older than the change: it asks again as soon as it has it. It is not cancelled, or
 * changes that never pause would keep it from ever arriving. Those that ask in turn are not among them (askInTurn).
 */
export function askAnew(queries: QueryClient, filters: QueryFilters = {}): void {
  const isMeant = (query: Query) => !asksInTurn(query) && (filters.predicate?.(query) ?? true)
  const underWay = queries.getQueryCache().findAll({
    ...filters,
    fetchStatus: 'fetching',
    predicate: (query) => query.state.data === undefined && isMeant(query),
  })
  for (const query of underWay) {
    if (asked.has(query)) continue
    asked.add(query)
    const again = () => {
      asked.delete(query)
      return queries.invalidateQueries({ queryKey: query.queryKey, exact: true })
    }
    // Joins the request under way; what it fails with is shown by whoever asked.
    void query.fetch().then(again, again)
  }
  void queries.invalidateQueries({ ...filters, predicate: isMeant })
}
