import { useTexts } from '../../ui/i18n.ts'
import { SessionList } from './session-list.tsx'

/** Where one is signed in oneself; those of others stand with each of the people. */
export default function SessionsSection() {
  const { t } = useTexts()
  return (
    <div className="gw-admin-text">
      <p className="gw-hint">{t('admin.sessionsHint')}</p>
      <SessionList />
    </div>
  )
}
