import { MultiSelect, NativeSelect, NumberInput, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { USUAL_ANSWER_LIMIT, type Whistle } from '../../../geodata/dispatch/whistle.schema.ts'
import { LIMIT_KIND_NAMES, LIMIT_KINDS, type LimitKind } from '../../../geodata/hazards/limits.ts'
import { blowWhistle, DEPARTMENTS_KEY, listDepartments } from '../../api/dispatch.ts'
import { FormActs } from '../../ui/form-acts.tsx'
import { useTexts } from '../../ui/i18n.ts'

interface BlowFormProps {
  hazardId: number
  /** undefined: nobody was called. */
  onDone(whistles: Whistle[] | undefined): void
}

const MOST_REASON = 500
const MOST_AMOUNT = 720

/** Whom to call, what for, and how long each may take to answer. */
export function BlowForm({ hazardId, onDone }: BlowFormProps) {
  const { t, lang } = useTexts()
  const departments = useQuery({ queryKey: DEPARTMENTS_KEY, queryFn: listDepartments })
  const [called, setCalled] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const [kind, setKind] = useState<LimitKind>(USUAL_ANSWER_LIMIT.kind)
  const [amount, setAmount] = useState<number | string>(USUAL_ANSWER_LIMIT.amount)
  const [told, setTold] = useState(false)
  const lacks = called.length === 0 || reason.trim() === '' || typeof amount !== 'number' || amount <= 0
  const send = useMutation({
    mutationFn: () =>
      blowWhistle(hazardId, {
        departments: called.map(Number),
        reason: reason.trim(),
        answerWithin: { kind, amount: Number(amount) },
      }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (!lacks && !send.isPending) send.mutate()
  }
  const needed = (isMissing: boolean) => told && isMissing && t('dispatch.needed')
  return (
    <form className="gw-form gw-case-form" onSubmit={submit} noValidate data-testid="whistle-form">
      <p className="gw-hint">{t('dispatch.whistle.lead')}</p>
      <MultiSelect
        label={t('dispatch.whistle.departments')}
        required
        searchable
        hidePickedOptions
        maxValues={30}
        value={called}
        onChange={setCalled}
        data={(departments.data ?? [])
          .filter(({ active }) => active)
          .map(({ id, name }) => ({ value: String(id), label: name }))}
        nothingFoundMessage={t('dispatch.whistle.noDepartment')}
        error={needed(called.length === 0)}
        data-testid="whistle-departments"
      />
      <Textarea
        label={t('dispatch.whistle.reason')}
        required
        autosize
        minRows={2}
        maxLength={MOST_REASON}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={needed(reason.trim() === '')}
        data-testid="whistle-reason"
      />
      <div className="gw-pair">
        <NumberInput
          label={t('dispatch.whistle.within')}
          min={0.25}
          max={MOST_AMOUNT}
          value={amount}
          onChange={setAmount}
          error={needed(typeof amount !== 'number' || amount <= 0)}
        />
        <NativeSelect
          label={t('dispatch.whistle.kind')}
          value={kind}
          onChange={(event) =>
            setKind(LIMIT_KIND_NAMES.find((each) => each === event.currentTarget.value) ?? kind)
          }
          data={LIMIT_KIND_NAMES.map((each) => ({ value: each, label: LIMIT_KINDS[each][lang] }))}
        />
      </div>
      <FormActs
        error={send.error ?? departments.error}
        pending={send.isPending}
        label={t('dispatch.whistle.blow')}
        onLeave={() => onDone(undefined)}
        testId="whistle-send"
        size="compact-md"
      />
    </form>
  )
}
