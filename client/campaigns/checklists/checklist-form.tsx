import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  CHECKLIST_PURPOSES,
  type Checklist,
  type ChecklistInput,
  type FindingItem,
} from '../../../geodata/campaigns/checklist.schema.ts'
import { postChecklist, putChecklist } from '../../api/campaigns.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { BackLink } from '../back-link.tsx'
import { useStoring } from '../use-storing.ts'
import { ItemRows } from './item-rows.tsx'

const inputOf = ({ purpose, name, note, findings, measures, active }: Checklist): ChecklistInput => ({
  ...{ purpose, name, note, findings, measures, active },
})
const EMPTY: ChecklistInput = {
  purpose: 'visit',
  name: '',
  note: null,
  findings: [{ code: 'f1', text: '', textEn: null, severity: 'medium', category: null }],
  measures: [],
  active: true,
}

/** A checklist is changed by making its next version. */
export function ChecklistForm({ checklist, onDone }: { checklist: Checklist | undefined; onDone(): void }) {
  const { t } = useTexts()
  const [values, setValues] = useState(() => (checklist ? inputOf(checklist) : EMPTY))
  const save = useStoring({
    key: 'checklists',
    store: () => (checklist ? putChecklist(checklist, values) : postChecklist(values)),
    said: ({ name, version }) => t('checklists.saved', { name, version }),
    undo: checklist && ((saved) => putChecklist(saved, inputOf(checklist))),
    onDone,
  })
  const isComplete =
    values.name.trim() !== '' &&
    values.findings.length > 0 &&
    [...values.findings, ...values.measures].every(({ text }) => text.trim() !== '')
  return (
    <form
      className="gw-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete && !save.isPending) save.mutate()
      }}
      data-testid="checklist-form"
    >
      <BackLink label={t('campaigns.parts.checklists')} onClick={onDone} />
      <TextInput
        label={t('campaigns.name')}
        maxLength={60}
        value={values.name}
        onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
      />
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('checklists.purpose')}
        value={values.purpose}
        onChange={(next) =>
          setValues({ ...values, purpose: CHECKLIST_PURPOSES.find((each) => each === next) ?? 'visit' })
        }
        data={CHECKLIST_PURPOSES.map((each) => ({ value: each, label: t(`checklists.purposes.${each}`) }))}
      />
      <ItemRows<FindingItem>
        legend={t('campaigns.findings')}
        add={t('checklists.addFinding')}
        items={values.findings}
        make={(code) => ({ code, text: '', textEn: null, severity: 'medium', category: null })}
        onChange={(findings) => setValues({ ...values, findings })}
        prefix="f"
        withCategory
      />
      <ItemRows
        legend={t('campaigns.measures')}
        add={t('checklists.addMeasure')}
        items={values.measures}
        make={(code) => ({ code, text: '', textEn: null })}
        onChange={(measures) => setValues({ ...values, measures })}
        prefix="m"
      />
      <Checkbox
        className="gw-visit-tick"
        label={t('checklists.active')}
        checked={values.active}
        onChange={(event) => setValues({ ...values, active: event.currentTarget.checked })}
      />
      <p className="gw-hint">{t('checklists.versions')}</p>
      <ProblemAlert error={save.error} />
      <Button type="submit" disabled={!isComplete} loading={save.isPending} data-testid="checklist-save">
        {t('acts.save')}
      </Button>
    </form>
  )
}
