import { MantineProvider } from '@mantine/core'
import { useEffect } from 'react'
import { setLanguage } from '../ui/i18n.ts'
import { resolveVariables, theme } from '../ui/theme.ts'
import { Entry } from './entry.tsx'
import { useView } from './use-view.ts'

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
    </MantineProvider>
  )
}
