import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Checklist, Found } from '../../../geodata/campaigns/checklist.schema.ts'
import {
  ACTION_FROM,
  type Premises,
  type PremisesActionInput,
} from '../../../geodata/campaigns/premises.schema.ts'
import { actOnPremises } from '../../api/campaigns.ts'
import { FormActs } from '../../ui/form-acts.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { CardForm } from '../card-form.tsx'
import { ItemTicks } from '../item-ticks.tsx'
import { useStoring } from '../use-storing.ts'
import { FindingRows } from '../visits/finding-row.tsx'
import { today } from '../words.ts'
import { PremisesForm } from './premises-form.tsx'

const OFFERED = ['check', 'close', 'reopen', 'amend'] as const
type Offered = (typeof OFFERED)[number]
type Told = Exclude<Offered, 'amend'>

/** What can be done about premises now. Each step is kept; one is taken back by another. */
export function PremisesActions({
  premises,
  checklists,
}: {
  premises: Premises
  checklists: readonly Checklist[]
}) {
  const { t } = useTexts()
  const [doing, setDoing] = useState<Offered>()
  const checklist = checklists.find(({ purpose, active }) => purpose === 'premises' && active)
  const offered = OFFERED.filter(
    (action) => ACTION_FROM[action].includes(premises.state) && (action !== 'check' || checklist),
  )
  if (doing === 'amend') return <PremisesForm of={{ premises }} onDone={() => setDoing(undefined)} />
  if (doing && offered.includes(doing))
    return (
      <ActionForm
        premises={premises}
        action={doing}
        checklist={doing === 'check' ? checklist : undefined}
        onDone={() => setDoing(undefined)}
      />
    )
  return (
    <div className="gw-acts">
      {offered.map((action) => (
        <Button
          key={action}
          size="compact-md"
          variant={action === 'check' ? 'filled' : 'default'}
          onClick={() => setDoing(action)}
          data-testid={`premises-${action}`}
        >
          {t(`premises.actions.${action}`)}
        </Button>
      ))}
    </div>
  )
}

/** What takes a step back; a check stands. */
const BACK = { check: undefined, close: 'reopen', reopen: 'close' } as const

interface ActionFormProps {
  premises: Premises
  action: Told
  checklist: Checklist | undefined
  onDone(): void
}

function ActionForm({ premises, action, checklist, onDone }: ActionFormProps) {
  const { t } = useTexts()
  const [findings, setFindings] = useState<Found[]>([])
  const [measures, setMeasures] = useState<string[]>([])
  const [note, setNote] = useState('')
  const [told, setTold] = useState(false)
  const isMissing = action !== 'check' && note.trim() === ''
  const back = BACK[action]
  const send = useStoring({
    key: 'premises',
    store: () => actOnPremises(premises, inputOf(action, checklist, findings, measures, note.trim())),
    said: ({ name }) => t('premises.saved', { name }),
    undo:
      back && ((saved) => actOnPremises(saved, { action: back, on: today(), note: t('premises.takenBack') })),
    onDone,
  })
  return (
    <CardForm
      pending={send.isPending}
      onSend={() => {
        setTold(true)
        if (!isMissing) send.mutate()
      }}
      testId="premises-form"
    >
      <b>{t(`premises.actions.${action}`)}</b>
      {checklist && (
        <>
          <fieldset>
            <legend>{checklist.name}</legend>
            <p className="gw-hint">{t('premises.tickFindings')}</p>
            <FindingRows
              items={checklist.findings}
              findings={findings}
              make={(found) => found}
              onChange={setFindings}
            />
          </fieldset>
          {findings.length > 0 && (
            <fieldset>
              <legend>{t('campaigns.measures')}</legend>
              <ItemTicks items={checklist.measures} ticked={measures} onChange={setMeasures} />
            </fieldset>
          )}
        </>
      )}
      <Textarea
        label={t(action === 'check' ? 'campaigns.note' : 'premises.why')}
        autosize
        maxLength={500}
        value={note}
        error={told && isMissing ? t('premises.whyMissing') : undefined}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-testid="premises-note"
      />
      <FormActs error={send.error} pending={send.isPending} onLeave={onDone} testId="premises-send" />
    </CardForm>
  )
}

function inputOf(
  action: Told,
  checklist: Checklist | undefined,
  findings: Found[],
  measures: string[],
  note: string,
): PremisesActionInput {
  if (action !== 'check') return { action, on: today(), note }
  if (!checklist) throw new Error('A check needs its checklist.')
  return {
    action: 'check',
    on: today(),
    note: note === '' ? null : note,
    checklistId: checklist.id,
    checklistVersion: checklist.version,
    findings,
    measures: findings.length > 0 ? measures : [],
  }
}
