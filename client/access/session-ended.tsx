import './access.css'
import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ROLES } from '../../geodata/access/roles.ts'
import type { Session } from '../../geodata/access/session.schema.ts'
import { OIDC_URL, signInAs } from '../api/access.ts'
import { settleRenewal } from '../api/renewal.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { keepSession } from '../ui/session.ts'
import { SignInForm } from './sign-in-form.tsx'
import { texts } from './texts.ts'

addTexts(texts)

/** Over the page as it stands, when the session ended: signing in again lets everything that waits go on. */
export default function SessionEnded({ session }: { session: Session }) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  function again(now: Session) {
    // Someone else: nothing of the one before stays on the page.
    if (now.person?.id !== session.person?.id || now.mustChangePassword) return location.reload()
    keepSession(queries, now)
    settleRenewal(true)
    void queries.invalidateQueries()
  }
  const { role, demoRoles, oidc } = session
  const demo = useMutation({ mutationFn: signInAs, onSuccess: again })
  const asDemo =
    role && demoRoles.includes(role) && session.person?.username === `demo-${role}` ? role : undefined
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('access.ended')}
      zIndex={400}
    >
      <div data-testid="session-ended">
        <p className="gw-hint gw-entrance-lead">{t('access.endedHint')}</p>
        {asDemo ? (
          <Button
            fullWidth
            loading={demo.isPending}
            onClick={() => demo.mutate(asDemo)}
            data-autofocus
            data-testid="go-on-as"
          >
            {t('access.goOnAs', { role: ROLES[asDemo][lang] })}
          </Button>
        ) : (
          <SignInForm username={session.person?.username} onSignedIn={again} />
        )}
        <ProblemAlert error={demo.error} />
        {oidc && !asDemo && (
          <Button component="a" href={OIDC_URL} variant="default" fullWidth mt="sm">
            {t('access.oidc', { title: oidc.title })}
          </Button>
        )}
        <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => location.reload()}>
          {t('access.someoneElse')}
        </Button>
      </div>
    </Modal>
  )
}
