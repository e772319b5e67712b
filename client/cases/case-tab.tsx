import './cases.css'
import '../ui/photos/photos.css'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { isEnded } from '../../geodata/hazards/workflow.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import { caseKey, getCase } from '../api/cases.ts'
import type { CasePart } from '../ui/case-part.ts'
import { FactList } from '../ui/fact-list.tsx'
import { formatTime } from '../ui/format.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { keepFocus } from '../ui/keep-focus.ts'
import { LoadState } from '../ui/load-state.tsx'
import { CaseActions } from './case-actions.tsx'
import { CaseHistory } from './case-history.tsx'
import { DeadlineClock } from './deadline-clock.tsx'
import { useAmountWords } from './entry-detail.ts'
import { useLabels } from './labels.ts'
import { StepLine } from './step-line.tsx'
import { texts } from './texts.ts'
import { useCalendar } from './use-calendar.ts'

addTexts(texts)

interface CaseTabProps {
  feature: StoredFeature
  parts: readonly CasePart[]
}

/** The case of a hazard: where it stands, whose it is, until when, what can be done, and all that happened. */
export default function CaseTab({ feature, parts }: CaseTabProps) {
  const { t } = useTexts()
  const { id } = feature
  const found = useQuery({ queryKey: caseKey(id), queryFn: ({ signal }) => getCase(id, signal) })
  const labels = useLabels()
  const calendar = useCalendar()
  const amountWords = useAmountWords()
  const [said, setSaid] = useState('')
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  const of = found.data
  const running = of.clocks.find(({ stoppedAt }) => stoppedAt === null)
  return (
    <div className="gw-case" ref={keepFocus} data-testid="case-tab" data-state={of.state}>
      <output className="gw-unseen" aria-live="polite" data-testid="case-said">
        {said}
      </output>
      <StepLine state={of.state} />
      <div className="gw-case-now">
        <b>{labels.state(of.state)}</b>
        {running && (
          <>
            <small>{t('cases.clock.of', { clock: labels.clock(running.clock) })}</small>
            <DeadlineClock
              deadline={{
                dueAt: running.dueAt,
                limitKind: running.limitKind,
                suspendedUntil: of.suspendedUntil,
              }}
              calendar={calendar}
            />
          </>
        )}
      </div>
      <FactList
        facts={[
          {
            label: t('cases.owner'),
            value: of.department?.name ?? t('cases.nobody'),
            ...(of.department || isEnded(of.state) ? {} : { tone: 'due' }),
          },
          { label: t('cases.since'), value: formatTime(of.stateSince) },
          ...(of.extensions > 0 || of.extensionAsked
            ? [
                {
                  label: t('cases.extensions'),
                  value: of.extensionAsked
                    ? t('cases.extensionAsked', {
                        count: of.extensions,
                        amount: amountWords(of.extensionAsked.amount, of.extensionAsked.kind),
                      })
                    : t('cases.extensionsGiven', { count: of.extensions }),
                },
              ]
            : []),
          ...(of.escalation > 0
            ? [
                {
                  label: t('cases.escalation'),
                  value: t(`cases.escalated.${of.escalation}`),
                  tone: 'critical' as const,
                },
              ]
            : []),
          ...(of.externalRef ? [{ label: t('cases.externalRef'), value: of.externalRef }] : []),
        ]}
      />
      <CaseActions key={of.id} of={of} labels={labels} say={setSaid} />
      {parts.map(({ id: part, Part }) => (
        <Suspense key={part}>
          <Part hazardId={of.id} />
        </Suspense>
      ))}
      <CaseHistory of={of} labels={labels} />
    </div>
  )
}
