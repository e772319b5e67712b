import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { preferredLanguage, preferredScheme } from './preferences.ts'
import { readLayers, readSelection, type ViewSearch } from './view-state.ts'

/** The view that the URL holds, and the one way to change it. */
export function useView() {
  const search: ViewSearch = useSearch({ from: '/' })
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
  const { at, layers, lang, theme, density, fold, map } = search
  return useMemo(
    () => ({
      at,
      selection: readSelection(at),
      camera: map,
      visible: new Set(readLayers(layers)),
      lang: preferredLanguage(lang),
      scheme: preferredScheme(theme),
      density: density === '1',
      folded: new Set(fold?.split(',') ?? []),
      search,
      change,
    }),
    [at, map, layers, lang, theme, density, fold, search, change],
  )
}
export type View = ReturnType<typeof useView>
