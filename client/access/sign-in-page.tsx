import { Button, UnstyledButton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { ROLES } from '../../geodata/access/roles.ts'
import type { Session } from '../../geodata/access/session.schema.ts'
import { OIDC_URL, signInAs } from '../api/access.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import type { Looks } from '../ui/looks-buttons.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { Entrance } from './entrance.tsx'
import { KioskForm } from './kiosk-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { RoleIcon } from './role-icon.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { texts } from './texts.ts'

addTexts(texts)

interface SignInPageProps extends Looks {
  session: Session
  /** Someone followed a set-up link that cannot be used any more. */
  linkUsed: boolean
  onSignedIn(session: Session): void
}

/** What someone who is not signed in sees; whoever signed in with a password made by others chooses an own one first. */
export default function SignInPage({ session, linkUsed, onSignedIn, ...looks }: SignInPageProps) {
  const { t } = useTexts()
  if (session.mustChangePassword && session.person)
    return (
      <Entrance
        {...looks}
        title={t('access.firstPassword')}
        lead={t('access.firstPasswordLead', { name: session.person.name })}
      >
        <PasswordForm username={session.person.username} onChanged={onSignedIn} />
      </Entrance>
    )
  const demo = session.demoRoles.length > 0
  return (
    <Entrance
      {...looks}
      title={t('access.title')}
      lead={demo ? t('access.demoLead') : t(linkUsed ? 'access.linkUsed' : 'access.lead')}
      wide={demo}
    >
      <div className="gw-entrance-ways" data-demo={demo || undefined}>
        {demo && <DemoRoles session={session} onSignedIn={onSignedIn} />}
        <section>
          {demo && <h2>{t('access.byPassword')}</h2>}
          <SignInForm onSignedIn={onSignedIn} />
          {session.oidc && (
            <Button
              component="a"
              href={OIDC_URL}
              variant="default"
              size="md"
              fullWidth
              mt="sm"
              data-testid="oidc"
            >
              {t('access.oidc', { title: session.oidc.title })}
            </Button>
          )}
          <p className="gw-hint gw-entrance-help">{t('access.noAccount')}</p>
          <KioskForm onSignedIn={onSignedIn} />
        </section>
      </div>
    </Entrance>
  )
}

/** One click a role: what each can do is best seen by being it. */
function DemoRoles({ session, onSignedIn }: Pick<SignInPageProps, 'session' | 'onSignedIn'>) {
  const { t, lang } = useTexts()
  const enter = useMutation({ mutationFn: signInAs, onSuccess: onSignedIn })
  return (
    <section>
      <h2>{t('access.demoRoles')}</h2>
      <ul className="gw-demo-roles">
        {session.demoRoles.map((role) => (
          <li key={role}>
            <UnstyledButton
              className="gw-demo-role"
              onClick={() => enter.mutate(role)}
              disabled={enter.isPending}
              data-testid={`demo-${role}`}
            >
              <RoleIcon role={role} />
              <span>
                <b>{ROLES[role][lang]}</b>
                <small>{t(`access.does.${role}`)}</small>
              </span>
              <IconArrowRight size={16} aria-hidden="true" />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <ProblemAlert error={enter.error} />
    </section>
  )
}
