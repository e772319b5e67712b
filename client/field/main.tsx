import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-sc/wght.css'
import './field.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { addTexts, startI18n } from '../ui/i18n.ts'
import { FieldApp } from './field-app.tsx'
import { registerWorker } from './register-worker.ts'
import { texts } from './texts.ts'
import { firstLooks } from './use-looks.ts'

const queries = new QueryClient({
  defaultOptions: {
    // Without a network the questions are asked all the same: what the phone keeps answers them.
    queries: { networkMode: 'always', refetchOnReconnect: true },
    mutations: { networkMode: 'always' },
  },
})

await startI18n(firstLooks().lang)
addTexts(texts)
registerWorker()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <FieldApp />
    </QueryClientProvider>
  </StrictMode>,
)
