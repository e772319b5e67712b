import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useLayoutEffect, useState } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import { getSession, signOut } from '../api/access.ts'
import { ApiError } from '../api/request.ts'
import { useTexts } from '../ui/i18n.ts'
import { toError } from '../ui/problem-words.ts'
import { cssVariables, TOKENS } from '../ui/tokens.ts'
import { Fault } from './fault.tsx'
import { Frame } from './frame.tsx'
import { forgetRounds } from './keep-around.ts'
import { keepLastSession, readLastSession } from './kept.ts'
import { OnlyPage } from './only-page.tsx'
import { useLooks } from './use-looks.ts'

const SignIn = lazy(() => import('./sign-in.tsx'))

const KEY = ['session']

/** Without a network: whoever was signed in last. What they did waits under their name. */
async function ask(): Promise<Session> {
  try {
    const session = await getSession()
    await keepLastSession(session.state === 'signed-in' ? session : undefined)
    return session
  } catch (error) {
    const kept = error instanceof ApiError && error.status === 0 && (await readLastSession<Session>())
    if (kept) return kept
    throw error
  }
}

export function FieldApp() {
  const looks = useLooks()
  useLayoutEffect(() => {
    const { style } = document.documentElement
    for (const [name, value] of Object.entries(cssVariables(TOKENS[looks.scheme])))
      style.setProperty(name, value)
    style.colorScheme = looks.scheme
  }, [looks.scheme])
  return (
    <Suspense fallback={<Frame looks={looks} />}>
      <Entry looks={looks} />
    </Suspense>
  )
}

function Entry({ looks }: { looks: ReturnType<typeof useLooks> }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [fault, setFault] = useState<Error>()
  const { data: session, error, refetch } = useQuery({ queryKey: KEY, queryFn: ask, staleTime: Infinity })
  if (!session)
    return (
      <Frame looks={looks}>
        {error ? (
          <Fault error={error}>
            <button type="button" className="gw-field-button" onClick={() => void refetch()}>
              {t('field.again')}
            </button>
          </Fault>
        ) : (
          <p className="gw-field-quiet">{t('field.opening')}</p>
        )}
      </Frame>
    )
  const { person } = session
  if (session.state !== 'signed-in' || session.mustChangePassword)
    return (
      <SignIn
        looks={looks}
        session={session}
        onSignedIn={(now) => {
          void keepLastSession(now)
          queries.setQueryData(KEY, now)
        }}
      />
    )
  const leave = async () => {
    await signOut()
    await keepLastSession(undefined)
    // What waits to be sent stays, for when they come back.
    if (person) await forgetRounds(person.id)
    location.reload()
  }
  if (!person || !session.permissions.includes('walk'))
    return (
      <Frame looks={looks}>
        <section className="gw-field-card" data-testid="field-may-not">
          <p>{t('field.mayNot')}</p>
          <div className="gw-field-actions">
            <a className="gw-field-button" href="/">
              {t('field.dashboard')}
            </a>
            <button
              type="button"
              className="gw-field-button"
              onClick={() => void leave().catch((thrown: unknown) => setFault(toError(thrown)))}
            >
              {t('field.signOut')}
            </button>
          </div>
          <Fault error={fault} />
        </section>
      </Frame>
    )
  return (
    <OnlyPage key={person.id} person={person} looks={looks} onAskWho={() => void refetch()} onLeave={leave} />
  )
}
