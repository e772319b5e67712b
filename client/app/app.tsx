import { MantineProvider } from '@mantine/core'
import { lazy, Suspense, useEffect } from 'react'
import { asksToEmbed } from '../embedding/embed-address.ts'
import { setLanguage } from '../ui/i18n.ts'
import { resolveVariables, theme } from '../ui/theme.ts'
import { useView } from './use-view.ts'
import { Workspace } from './workspace.tsx'

const EmbedView = lazy(() => import('../embedding/embed-view.tsx'))
/** Decided once: the server let other pages frame this one because it asked for what cannot be changed. */
const embedded = asksToEmbed(location.search)

export function App() {
  const view = useView()
  const { lang, scheme, search, change } = view

  useEffect(() => void setLanguage(lang), [lang])
  // A link copied from the address bar must carry what the browser's preferences decided.
  useEffect(() => {
    if (search.lang !== lang || search.theme !== scheme) change({ lang, theme: scheme }, 'replace')
  }, [search.lang, search.theme, lang, scheme, change])

  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} forceColorScheme={scheme}>
      {embedded ? (
        <Suspense>
          <EmbedView view={view} />
        </Suspense>
      ) : (
        <Workspace view={view} />
      )}
    </MantineProvider>
  )
}
