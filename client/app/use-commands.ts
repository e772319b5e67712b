import { useTexts } from '../ui/i18n.ts'
import type { Command } from './command-palette.tsx'
import type { View } from './use-view.ts'

interface CommandTargets {
  view: View
  overview(): void
  up(): void
  openImport(): void
}

/** What the command palette can do, in the user's language; only what applies now is listed. */
export function useCommands({ view, overview, up, openImport }: CommandTargets): Command[] {
  const { t } = useTexts()
  const { change, scheme, lang, at, density, folded } = view
  const both = folded.size > 0
  return [
    { id: 'fit', label: t('command.fit'), run: overview },
    ...(at ? [{ id: 'up', label: t('command.up'), run: up }] : []),
    {
      id: 'theme',
      label: t(scheme === 'dark' ? 'command.light' : 'command.dark'),
      run: () => change({ theme: scheme === 'dark' ? 'light' : 'dark' }, 'replace'),
    },
    {
      id: 'lang',
      label: t(lang === 'zh' ? 'command.en' : 'command.zh'),
      run: () => change({ lang: lang === 'zh' ? 'en' : 'zh' }, 'replace'),
    },
    { id: 'density', label: t('command.density'), run: () => change({ density: density ? undefined : '1' }) },
    {
      id: 'panels',
      label: t('command.panels'),
      run: () => change({ fold: both ? undefined : 'layers,place' }, 'replace'),
    },
    { id: 'import', label: t('command.import'), run: openImport },
    { id: 'link', label: t('command.link'), run: () => void navigator.clipboard?.writeText(location.href) },
  ]
}
