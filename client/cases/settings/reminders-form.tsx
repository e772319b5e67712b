import { NumberInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Workflow } from '../../../geodata/hazards/case.schema.ts'
import { putReminders, type ReminderInput, WORKFLOW_KEY } from '../../api/cases.ts'
import { useTexts } from '../../ui/i18n.ts'
import { SaveBar } from './save-bar.tsx'
import { useSaving } from './use-saving.ts'

const MOST_PERCENT = 1000
const MOST_MINUTES = 525_600
const LEVELS = [1, 2, 3] as const

/** A number that is not entered yet is empty. */
type Draft = Record<'share' | 'minutes', number | ''>

/** Who is told of a limit, and when: as it nears, as it passes, and when it is long past. */
export function RemindersForm({ workflow, may }: { workflow: Workflow; may: boolean }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const { version, reminders } = workflow.reminders
  const [changes, setChanges] = useState<Partial<Record<ReminderInput['level'], Draft>>>({})
  const draftOf = (stored: ReminderInput): Draft => changes[stored.level] ?? stored
  const isChanged = (stored: ReminderInput) => {
    const { share, minutes } = draftOf(stored)
    return share !== stored.share || minutes !== stored.minutes
  }
  const saving = useSaving<readonly ReminderInput[]>({
    put: putReminders,
    refresh: () => queries.invalidateQueries({ queryKey: WORKFLOW_KEY }),
    onSaved: () => setChanges({}),
    said: t('caseSettings.remindersSaved'),
  })
  const isEmpty = reminders.some((stored) => Object.values(draftOf(stored)).includes(''))
  const body = reminders.map((stored) => {
    const { share, minutes } = draftOf(stored)
    return { level: stored.level, share: Number(share), minutes: Number(minutes) }
  })
  return (
    <>
      <h2>{t('caseSettings.reminders')}</h2>
      <p className="gw-hint">{t('caseSettings.remindersLead')}</p>
      <div className="gw-settings-scroll">
        <table className="gw-table gw-limits">
          <caption className="gw-unseen">{t('caseSettings.reminders')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('caseSettings.when')}</th>
              <th scope="col">{t('caseSettings.share')}</th>
              <th scope="col">{t('caseSettings.minutes')}</th>
              <th scope="col">{t('caseSettings.told')}</th>
            </tr>
          </thead>
          <tbody>
            {LEVELS.map((level) => {
              const stored = reminders.find((each) => each.level === level)
              const when = t(`caseSettings.reminder.${level}`)
              const draft = stored && draftOf(stored)
              const change = (part: Partial<Draft>) =>
                stored && setChanges({ ...changes, [stored.level]: { ...draftOf(stored), ...part } })
              return (
                <tr key={level}>
                  <th scope="row">{when}</th>
                  <td>
                    {draft ? (
                      <NumberInput
                        size="xs"
                        disabled={!may}
                        aria-label={`${when} · ${t('caseSettings.share')}`}
                        min={0}
                        max={MOST_PERCENT}
                        hideControls
                        suffix=" %"
                        value={draft.share === '' ? '' : Math.round(draft.share * 1000) / 10}
                        onChange={(next) => change({ share: typeof next === 'number' ? next / 100 : '' })}
                        data-testid={`reminder-${level}-share`}
                      />
                    ) : (
                      '—'
                    )}
                  </td>
                  <td>
                    {draft ? (
                      <NumberInput
                        size="xs"
                        disabled={!may}
                        aria-label={`${when} · ${t('caseSettings.minutes')}`}
                        min={0}
                        max={MOST_MINUTES}
                        hideControls
                        value={draft.minutes}
                        onChange={(next) => change({ minutes: typeof next === 'number' ? next : '' })}
                      />
                    ) : (
                      '—'
                    )}
                  </td>
                  <td>{t(`cases.escalated.${level}`)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {may && (
        <SaveBar
          count={reminders.filter(isChanged).length}
          wrong={isEmpty ? t('caseSettings.reminderEmpty') : undefined}
          saving={saving}
          onSave={() => saving.mutate({ version, body, before: reminders })}
          onDiscard={() => {
            setChanges({})
            saving.reset()
          }}
        />
      )}
    </>
  )
}
