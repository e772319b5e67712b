import './failure.css'
import { useTexts } from '../ui/i18n.ts'

/** The page itself failed, most likely because the server was upgraded under it: says so, and that nothing is lost. */
export function Failure() {
  const { t } = useTexts()
  return (
    <main className="gw-failure" role="alert">
      <h1>{t('error.title')}</h1>
      <p>{t('error.page')}</p>
      <button type="button" onClick={() => location.reload()}>
        {t('error.reload')}
      </button>
    </main>
  )
}
