import { Alert, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Case, CaseActionBody } from '../../geodata/hazards/case.schema.ts'
import { type ActionName, TRANSITIONS } from '../../geodata/hazards/workflow.ts'
import { actOnCase, CASE_LISTS_KEY, caseKey } from '../api/cases.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { actionDraft, keepActionDraft } from './action-draft.ts'
import { ActionForm } from './action-form.tsx'
import { ActionProblem } from './action-problem.tsx'
import { useEntryWords } from './entry-words.ts'
import { isOvertaken } from './is-overtaken.ts'
import { isAction, type Labels } from './labels.ts'
import { SimilarBeforeFiling } from './similar-before-filing.tsx'

/** Done at a press: there is nothing to say about them, and who does them does many. */
const AT_ONCE: readonly ActionName[] = ['accept', 'take', 'extend', 'resume']
/** What takes the case back or stops it stands after what takes it on. */
const BACK: readonly ActionName[] = [
  'reject',
  'return',
  'reopen',
  'refuse-extension',
  'suspend',
  'ask-extension',
]

interface CaseActionsProps {
  of: Case
  labels: Labels
  /** Says aloud what was done. */
  say(words: string): void
}

/** What whoever looks may do now, as the server says; one of them at a time opens what it asks for. */
export function CaseActions({ of, labels, say }: CaseActionsProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [open, setOpen] = useState<ActionName>()
  const entryWords = useEntryWords(labels)
  /** The version that was looked at when somebody else turned out to have been first. */
  const [overtaken, setOvertaken] = useState<number>()
  const nameOf = (action: ActionName) => (isAction(action) ? labels.action(action) : t('cases.note'))

  async function act(body: CaseActionBody) {
    try {
      const next = await actOnCase(of.id, of.version, body)
      setOvertaken(undefined)
      queries.setQueryData(caseKey(of.id), next)
      say(t('cases.done', { action: nameOf(body.action), state: labels.state(next.state) }))
      // Lists and the map follow as the server tells of it; what stands beside this must not wait for that.
      void queries.invalidateQueries({ queryKey: ['feature', 'hazards', of.id] })
      void queries.invalidateQueries({ queryKey: CASE_LISTS_KEY })
    } catch (error) {
      if (isOvertaken(error)) {
        setOvertaken(of.version)
        await queries.invalidateQueries({ queryKey: caseKey(of.id) })
      }
      throw error
    }
  }
  const quick = useMutation({ mutationFn: (action: ActionName) => act({ action }) })
  const allowed = [...of.allowed].sort((a, b) => rankOf(a.action) - rankOf(b.action))
  const shown = allowed.find(({ action }) => action === open)
  const newest = of.entries.at(-1)
  return (
    <section className="gw-case-acts" aria-label={t('cases.actions')} data-testid="case-actions">
      {overtaken !== undefined && overtaken !== of.version && newest && (
        <Alert color="orange" role="alert" title={t('cases.overtaken')} data-testid="case-overtaken">
          <p>
            {t('cases.overtakenBy', {
              who: newest.actor,
              time: formatTime(newest.at),
              what: entryWords(newest),
              state: labels.state(of.state),
            })}
          </p>
          {newest.reason && <p>{newest.reason}</p>}
          <p>{t(open && !shown ? 'cases.overtakenGone' : 'cases.overtakenKept')}</p>
        </Alert>
      )}
      {allowed.length > 0 ? (
        <fieldset className="gw-case-buttons">
          <legend className="gw-unseen">{t('cases.actions')}</legend>
          {allowed.map(({ action }, index) => {
            const label = nameOf(action)
            const first = index === 0 && rankOf(action) <= 0
            return (
              <Button
                key={action}
                size="compact-md"
                variant={first && open === undefined ? 'filled' : 'default'}
                aria-expanded={AT_ONCE.includes(action) ? undefined : open === action}
                loading={quick.isPending && quick.variables === action}
                disabled={quick.isPending}
                onClick={() => {
                  quick.reset()
                  if (AT_ONCE.includes(action)) quick.mutate(action)
                  else setOpen(open === action ? undefined : action)
                }}
                data-testid={`case-do-${action}`}
              >
                {label}
              </Button>
            )
          })}
        </fieldset>
      ) : (
        <p className="gw-hint">{t('cases.mayNothing')}</p>
      )}
      <ActionProblem error={quick.error} />
      {shown?.action === 'file' && (
        <SimilarBeforeFiling
          of={of}
          labels={labels}
          onDuplicate={
            allowed.some(({ action }) => action === 'reject')
              ? ({ id, title }) => {
                  const reason = t('cases.duplicateReason', { title, id })
                  keepActionDraft(of.id, 'reject', { ...actionDraft(of.id, 'reject'), reason })
                  setOpen('reject')
                }
              : undefined
          }
        />
      )}
      {shown && (
        <ActionForm
          key={shown.action}
          of={of}
          allowed={shown}
          label={nameOf(shown.action)}
          act={act}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  )
}

/** An answer that is waited for comes first, then what takes the case on, what takes it back, a note last. */
function rankOf(action: ActionName): number {
  if (action === 'extend') return -1
  if (action === 'note') return 3
  if (BACK.includes(action)) return 2
  return Object.hasOwn(TRANSITIONS, action) ? 0 : 1
}
