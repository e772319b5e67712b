import './schemas-without-eval.ts'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-sc/wght.css'
import '@mantine/core/styles.css'
import '@mantine/spotlight/styles.css'
import './panels.css'
import './frame.css'
import './shell.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from '../api/request.ts'
import { startI18n } from '../ui/i18n.ts'
import { SESSION_QUERY } from '../ui/session.ts'
import { preferredLanguage } from './preferences.ts'
import { router } from './router.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal (4xx) will be refused again; only a silent or failing server is worth asking twice.
      retry: (failures, error) =>
        failures < 3 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      staleTime: 15_000,
      // Somebody who works through a list all day does not pile up what was looked at.
      gcTime: 30_000,
      refetchOnWindowFocus: true,
    },
  },
})

// On its way while the texts are loaded.
void queries.prefetchQuery(SESSION_QUERY)
await startI18n(preferredLanguage(new URLSearchParams(location.search).get('lang')))

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
