import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import { Guide } from '../access/first-run/guide.tsx'
import { ImportForm } from '../exchange/import-form.tsx'
import type { Looks } from '../ui/looks-buttons.tsx'
import { keepSession } from '../ui/session.ts'
import { forgetSecret, type GuideStep, keepGuideStep, readGuideStep, setUpSecret } from './guide-state.ts'

const Toasts = lazy(() => import('./toasts.tsx'))

interface FirstRunProps extends Looks {
  session: Session
  /** There is an account now; what follows is part of the guide nevertheless. */
  onBegun(): void
  onDone(): void
}

/** From the set-up link to a map with people: an administrator, the area, its data, the first people. */
export default function FirstRun({ session, onBegun, onDone, ...looks }: FirstRunProps) {
  const queries = useQueryClient()
  const signedIn = session.state === 'signed-in'
  const [step, setStep] = useState<GuideStep>(() => (signedIn && readGuideStep()) || 'administrator')
  function go(next: GuideStep | undefined) {
    keepGuideStep(next)
    if (next) setStep(next)
    else onDone()
  }
  return (
    <>
      <Guide
        {...looks}
        step={step}
        secret={setUpSecret}
        onSetUp={(now) => {
          go('area')
          forgetSecret()
          onBegun()
          keepSession(queries, now)
        }}
        onStep={go}
        importForm={(onImported) => <ImportForm file={undefined} eager onImported={onImported} />}
      />
      <Suspense>
        <Toasts />
      </Suspense>
    </>
  )
}
