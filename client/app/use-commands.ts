import { spotlight } from '@mantine/spotlight'
import { LAYERS } from '../../geodata/layers.ts'
import { useBookmarks } from '../bookmarks/bookmarks.ts'
import { useSavedViews } from '../lists/use-saved-views.ts'
import { openSavedView } from '../lists/view-query.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { useTexts } from '../ui/i18n.ts'
import { useMayImport, usePermissions } from '../ui/session.ts'
import { toastDone, toastFailed, undoLast } from '../ui/toast.tsx'
import type { Command } from './commands.ts'
import { LAYER_GROUPS } from './registry.ts'
import { useTools } from './tools.ts'
import type { View } from './use-view.ts'
import { LEFT_PARTS, writeLayers } from './view-state.ts'
import { enterWork, useWorks } from './works.ts'

export interface CommandTargets {
  view: View
  map: MapHandle | null
  overview(): void
  up(): void
  /** One level down at the middle of the map. */
  down(): void
  openImport(): void
  showShortcuts(): void
}

/** The one table of what the app can do now, in the user's language. */
export function useCommands(targets: CommandTargets): Command[] {
  const { t, lang: textLang } = useTexts()
  const { view, map, overview, up, down, openImport, showShortcuts } = targets
  const { change, scheme, lang, at, density, folded, visible, work, search } = view
  const may = usePermissions()
  const mayImport = useMayImport()
  const offered = useTools()
  const works = useWorks()
  const unfolded = (panel: 'layers' | 'place') =>
    [...folded].filter((name) => name !== panel).join(',') || undefined

  const go: Command[] = [
    ...works.map(
      ({ id, key }): Command => ({
        id: `work.${id}`,
        group: 'go',
        label: t(`work.${id}`),
        keys: [`g ${key}`],
        run: () => id !== work && change(enterWork(id, search)),
      }),
    ),
    {
      id: 'search',
      group: 'go',
      label: t('top.search'),
      keys: ['mod+k', '/'],
      keyOnly: true,
      run: spotlight.open,
    },
    { id: 'fit', group: 'go', label: t('command.fit'), keys: ['w'], run: overview },
    // Without a selection the key stays the browser's and the dialogs'.
    {
      id: 'up',
      group: 'go',
      label: t('command.up'),
      keys: ['Escape', 'Backspace'],
      ...(at ? { run: up } : {}),
    },
    {
      id: 'down',
      group: 'go',
      label: t('command.down'),
      keys: ['Enter'],
      onMap: true,
      keyOnly: true,
      run: down,
    },
  ]
  const seen: Command[] = [
    ...(['layers', ...LEFT_PARTS] as const).map(
      (left, index): Command => ({
        id: `left.${left}`,
        group: 'view',
        label: t('command.open', { panel: t(`panel.${left}`) }),
        keys: [String(index + 1)],
        run: () =>
          change({ left: left === 'layers' ? undefined : left, fold: unfolded('layers') }, 'replace'),
      }),
    ),
    {
      id: 'panels',
      group: 'view',
      label: t('command.panels'),
      keys: ['\\'],
      run: () => change({ fold: folded.size > 0 ? undefined : 'layers,place' }, 'replace'),
    },
    {
      id: 'theme',
      group: 'view',
      label: t(scheme === 'dark' ? 'command.light' : 'command.dark'),
      keys: ['t'],
      run: () => change({ theme: scheme === 'dark' ? 'light' : 'dark' }, 'replace'),
    },
    {
      id: 'lang',
      group: 'view',
      label: t(lang === 'zh' ? 'command.en' : 'command.zh'),
      run: () => change({ lang: lang === 'zh' ? 'en' : 'zh' }, 'replace'),
    },
    { id: 'tilt', group: 'view', label: t('map.tilt'), run: () => map?.toggleTilt() },
    { id: 'north', group: 'view', label: t('map.north'), run: () => map?.faceNorth() },
    {
      id: 'density',
      group: 'view',
      label: t('command.density'),
      run: () => change({ density: density ? undefined : '1' }),
    },
    { id: 'focus', group: 'view', label: t('command.focusMap'), keys: ['.'], run: () => map?.focus() },
    {
      id: 'pan',
      group: 'view',
      label: t('command.pan'),
      keys: ['ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft'],
      onMap: true,
    },
    { id: 'zoom', group: 'view', label: t('command.zoom'), keys: ['+', '-'], onMap: true },
    {
      id: 'pointer',
      group: 'view',
      label: t('command.pointer'),
      keys: ['f'],
      run: () => map?.togglePointer(),
    },
    { id: 'copyPlace', group: 'view', label: t('command.copyPlace'), keys: ['c'] },
    { id: 'near', group: 'view', label: t('command.near'), keys: ['[', ']'], onMap: true, keyOnly: true },
    {
      id: 'turn',
      group: 'view',
      label: t('command.turn'),
      keys: ['shift+ArrowLeft', 'shift+ArrowUp'],
      onMap: true,
    },
  ]
  const layers = LAYER_GROUPS.flatMap((group) => [...group.layers]).map((layer): Command => {
    const shown = visible.has(layer)
    return {
      id: `layer.${layer}`,
      group: 'layers',
      label: t(shown ? 'command.hideLayer' : 'command.showLayer', { layer: LAYERS[layer].title[textLang] }),
      run: () => {
        const next = new Set(visible)
        if (!next.delete(layer)) next.add(layer)
        change({ layers: writeLayers(next) })
      },
    }
  })
  const tools = offered.map(
    ({ id, shortcut }): Command => ({
      id: `tool.${id}`,
      group: 'tools',
      label: t(`tool.${id}`),
      ...(shortcut ? { keys: [shortcut] } : {}),
      run: () => change({ tool: search.tool === id ? undefined : id, with: undefined }, 'replace'),
    }),
  )
  const savedViews = useSavedViews().map(
    (saved): Command => ({
      id: `saved.${saved.id}`,
      group: 'go',
      label: t('command.openView', { name: saved.name }),
      run: () => openSavedView(saved, view),
    }),
  )
  const bookmarks = useBookmarks().map(
    (bookmark, index): Command => ({
      id: `bookmark.${bookmark.id}`,
      group: 'go',
      label: t('command.bookmark', { name: bookmark.name }),
      ...(index < 9 ? { keys: [`b ${index + 1}`] } : {}),
      run: () => map?.goTo(bookmark.camera),
    }),
  )
  const importing: Command = {
    id: 'import',
    group: 'data',
    label: t('command.import'),
    keys: ['i'],
    run: openImport,
  }
  const exporting: Command = {
    id: 'export',
    group: 'data',
    label: t('command.export'),
    run: () => change({ ...enterWork('exchange', search), fold: unfolded('place') }),
  }
  const data: Command[] = [
    ...(mayImport ? [importing] : []),
    ...(may('export') ? [exporting] : []),
    {
      id: 'link',
      group: 'data',
      label: t('command.link'),
      keys: ['y'],
      run: () =>
        void navigator.clipboard
          .writeText(location.href)
          .then(() => toastDone(t('command.linkCopied')))
          .catch(toastFailed),
    },
  ]
  const page: Command[] = [
    { id: 'undo', group: 'page', label: t('command.undo'), keys: ['u'], run: () => void undoLast() },
    { id: 'shortcuts', group: 'page', label: t('shortcuts.title'), keys: ['?'], run: showShortcuts },
  ]
  return [...go, ...savedViews, ...bookmarks, ...seen, ...layers, ...tools, ...data, ...page]
}
