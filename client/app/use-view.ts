import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Looks } from '../ui/looks-buttons.tsx'
import { readFilterSearch, readFilters } from './filters.ts'
import { preferredLanguage, preferredScheme } from './preferences.ts'
import { readLayers, readSelection, type ViewSearch } from './view-state.ts'

/** What the URL holds, without what the open tool keeps there: that changes often, and concerns the tool alone. */
const withoutTool = ({ with: _, ...search }: ViewSearch): Omit<ViewSearch, 'with'> => search

/** What the open tool keeps in the URL. */
export const useToolState = (): string | undefined =>
  useSearch({ from: '/', select: (search) => search.with })

/** The view that the URL holds, and the one way to change it. */
export function useView() {
  const search = useSearch({ from: '/', select: withoutTool, structuralSharing: true })
  const navigate = useNavigate()
  const change = useCallback(
    (patch: ViewSearch, how: 'push' | 'replace' = 'push') =>
      void navigate({
        to: '/',
        search: (before: ViewSearch) => ({ ...before, ...patch }),
        replace: how === 'replace',
      }),
    [navigate],
  )
  const { at, layers, lang, theme, density, routes, fold, map, work } = search
  const filterText = JSON.stringify(readFilterSearch({ ...search }))
  const filters = useMemo(() => readFilters(JSON.parse(filterText)), [filterText])
  return useMemo(
    () => ({
      at,
      selection: readSelection(at),
      camera: map,
      visible: new Set(readLayers(layers)),
      lang: preferredLanguage(lang),
      scheme: preferredScheme(theme),
      density: density === '1',
      routes: routes === '1',
      work: work ?? ('map' as const),
      folded: new Set(fold?.split(',') ?? []),
      /** What each layer is narrowed to; the same object as long as no filter changes. */
      filters,
      search,
      change,
    }),
    [at, map, layers, lang, theme, density, routes, fold, work, filters, search, change],
  )
}
export type View = ReturnType<typeof useView>

/** Language and theme of a view, and how to change them. */
export const looksOf = ({ lang, scheme, change }: View): Looks => ({
  lang,
  scheme,
  setLanguage: (next) => change({ lang: next }, 'replace'),
  setTheme: (next) => change({ theme: next }, 'replace'),
})
