import { useEffect } from 'react'
import { useTexts } from '../ui/i18n.ts'
import { reloadPage } from './reload-page.ts'

const AGAIN_MS = 3000

/** In the place of a page that failed: nothing that may be old, and a new page as soon as the server gives one. */
export function Broken() {
  const { t } = useTexts()
  useEffect(() => {
    const timer = setInterval(() => void reloadPage(), AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <main className="gw-wall-refused" data-testid="wall-broken" role="alert">
      <h1>{t('wall.broken.title')}</h1>
      <p>{t('wall.broken.what')}</p>
    </main>
  )
}
