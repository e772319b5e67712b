import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { armRenewal, isRenewing, onRenewal } from '../api/renewal.ts'
import { asksToEmbed } from '../embedding/embed-address.ts'
import { setDraftOwner } from '../ui/draft-owner.ts'
import { keepSession, useSession } from '../ui/session.ts'
import { readGuideStep, setUpSecret } from './guide-state.ts'
import { Opening } from './opening.tsx'
import { looksOf, type View } from './use-view.ts'
import { Workspace } from './workspace.tsx'

const EmbedView = lazy(() => import('../embedding/embed-view.tsx'))
const FirstRun = lazy(() => import('./first-run.tsx'))
const SessionEnded = lazy(() => import('../access/session-ended.tsx'))
const SignInPage = lazy(() => import('../access/sign-in-page.tsx'))

/** Decided once: the server let other pages frame this one because it asked for what cannot be changed. */
const embedded = asksToEmbed(location.search)

/** What the page opens on: the dashboard for whoever is signed in, else the way in. */
export function Entry({ view }: { view: View }) {
  const queries = useQueryClient()
  const session = useSession()
  const ended = useSyncExternalStore(onRenewal, isRenewing)
  const [guiding, setGuiding] = useState(() => readGuideStep() !== undefined)
  const who = session.data
  const inside = who?.state === 'signed-in' && !who.mustChangePassword
  if (inside) setDraftOwner(who.person?.id)
  useEffect(() => {
    if (inside) armRenewal()
  }, [inside])

  const opening = (
    <div className="gw-shell">
      <Opening error={session.data ? null : session.error} onRetry={() => void session.refetch()} />
    </div>
  )
  if (!who) return opening
  if (embedded)
    return (
      <Suspense>
        <EmbedView view={view} session={who} />
      </Suspense>
    )
  const looks = looksOf(view)
  const again = ended && (
    <Suspense>
      <SessionEnded session={who} />
    </Suspense>
  )
  // A demo offers its roles to anyone, and the guide to whoever brought the link.
  const isLinked = setUpSecret !== undefined && who.state === 'anonymous' && who.demoRoles.length > 0
  if (who.state === 'set-up' || isLinked || (guiding && inside))
    return (
      <Suspense fallback={opening}>
        <FirstRun
          {...looks}
          session={who}
          onBegun={() => setGuiding(true)}
          onDone={() => setGuiding(false)}
        />
        {again}
      </Suspense>
    )
  if (!inside)
    return (
      <Suspense fallback={opening}>
        <SignInPage
          {...looks}
          session={who}
          linkUsed={setUpSecret !== undefined}
          onSignedIn={(now) => keepSession(queries, now)}
        />
      </Suspense>
    )
  return (
    <>
      <Workspace view={view} session={who} />
      {again}
    </>
  )
}
