import type { View } from '../app/use-view.ts'
import { formatQuery, parseQuery, readSearch } from '../app/view-state.ts'

/** Whose language, theme and open tool it is to be stays with the person; the rest is the view. */
const PERSONAL = ['lang', 'theme', 'tool', 'with'] as const

/** The query of the page as a view keeps it. */
export const queryOfPage = (query: string = location.search): string => {
  const search: Record<string, unknown> = { ...readSearch(parseQuery(query)) }
  for (const name of PERSONAL) delete search[name]
  return formatQuery(search)
}

/** A link that opens the view on another machine. */
export const linkOf = ({ query }: { query: string }): string =>
  new URL(queryOfPage(query) || '?', location.origin).href

/** Everything that the view says, and nothing left of what was there before; language and theme stay. */
export function openSavedView(
  { query }: { query: string },
  { search, change }: Pick<View, 'search' | 'change'>,
): void {
  const left = Object.fromEntries(Object.keys(search).map((name) => [name, undefined]))
  const { lang, theme } = search
  change({ ...left, ...readSearch(parseQuery(queryOfPage(query))), lang, theme })
}
