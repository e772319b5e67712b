import { MantineProvider } from '@mantine/core'
import { lazy, Suspense, useEffect } from 'react'
import { setLanguage } from '../ui/i18n.ts'
import { resolveVariables, theme } from '../ui/theme.ts'
import { Entry } from './entry.tsx'
import { useView } from './use-view.ts'

const TipHost = lazy(() => import('../ui/tip-host.tsx'))

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
      <Entry view={view} />
      <Suspense>
        <TipHost />
      </Suspense>
    </MantineProvider>
  )
}
