import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Workflow } from '../../../geodata/hazards/case.schema.ts'
import { type LabelInput, putLabels, WORKFLOW_KEY } from '../../api/cases.ts'
import { LANGUAGES, useTexts } from '../../ui/i18n.ts'
import { SaveBar } from './save-bar.tsx'
import { useSaving } from './use-saving.ts'

const LONGEST = { zh: 20, en: 40 } as const
const keyOf = ({ subject, key }: Pick<LabelInput, 'subject' | 'key'>) => `${subject} ${key}`

/** What states, actions and clocks are called here. */
export function LabelsForm({ workflow }: { workflow: Workflow }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [changes, setChanges] = useState<ReadonlyMap<string, LabelInput>>(new Map())
  const shown = namesOf(workflow)
  const changed = shown.flatMap((name) => {
    const next = changes.get(keyOf(name))
    return next && LANGUAGES.some((lang) => next[lang].trim() !== name[lang]) ? [next] : []
  })
  const saving = useSaving<readonly LabelInput[]>({
    put: putLabels,
    refresh: () => queries.invalidateQueries({ queryKey: WORKFLOW_KEY }),
    onSaved: () => setChanges(new Map()),
    said: t('caseSettings.namesSaved'),
  })
  const isEmpty = changed.some((name) => LANGUAGES.some((lang) => name[lang].trim() === ''))
  function save() {
    const own = new Map(workflow.labels.labels.map((label) => [keyOf(label), label]))
    for (const name of changed) own.set(keyOf(name), { ...name, zh: name.zh.trim(), en: name.en.trim() })
    const { version, labels } = workflow.labels
    saving.mutate({ version, body: [...own.values()], before: labels })
  }
  return (
    <div className="gw-labels">
      <div className="gw-settings-scroll">
        <table className="gw-table">
          <caption className="gw-unseen">{t('caseSettings.names')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('caseSettings.what')}</th>
              <th scope="col">{t('caseSettings.inChinese')}</th>
              <th scope="col">{t('caseSettings.inEnglish')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((name) => {
              const entered = changes.get(keyOf(name)) ?? name
              return (
                <tr key={keyOf(name)}>
                  <th scope="row">
                    {t(`caseSettings.subject.${name.subject}`)} <code>{name.key}</code>
                  </th>
                  {LANGUAGES.map((lang) => (
                    <td key={lang}>
                      <TextInput
                        size="xs"
                        lang={lang}
                        aria-label={t(lang === 'zh' ? 'caseSettings.nameZh' : 'caseSettings.nameEn', {
                          key: name.key,
                        })}
                        maxLength={LONGEST[lang]}
                        value={entered[lang]}
                        onChange={(event) =>
                          setChanges(
                            new Map(changes).set(keyOf(name), {
                              ...entered,
                              [lang]: event.currentTarget.value,
                            }),
                          )
                        }
                        data-testid={`label-${name.subject}-${name.key}-${lang}`}
                      />
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <SaveBar
        count={changed.length}
        wrong={isEmpty ? t('caseSettings.nameEmpty') : undefined}
        saving={saving}
        onSave={save}
        onDiscard={() => {
          setChanges(new Map())
          saving.reset()
        }}
      />
    </div>
  )
}

/** The names in force of all that has one. */
const namesOf = ({ states, actions, clocks }: Workflow): LabelInput[] => [
  ...states.map(({ state, zh, en }) => ({ subject: 'state' as const, key: state, zh, en })),
  ...actions.map(({ action, zh, en }) => ({ subject: 'action' as const, key: action, zh, en })),
  ...clocks.map(({ clock, zh, en }) => ({ subject: 'clock' as const, key: clock, zh, en })),
]
