import { Input, SegmentedControl, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  CALL_BACK_BY,
  type CallBackBy,
  type OrderOfCase,
  SATISFACTIONS,
} from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { maskPersonal } from '../../../geodata/dispatch/hotline/mask-personal.ts'
import { recordCallBack, recordContact } from '../../api/dispatch.ts'
import { FormActs } from '../../ui/form-acts.tsx'
import { useTexts } from '../../ui/i18n.ts'

/** 先行联系, or the call-back of the unit or the street. */
export type CallKind = 'contact' | CallBackBy

interface CallFormProps {
  hazardId: number
  kind: CallKind
  /** For whom whoever is here may record it. */
  may: OrderOfCase['may']
  /** undefined: nothing was recorded. */
  onDone(order: OrderOfCase | undefined): void
}

const YES_NO = ['yes', 'no'] as const

/** A call to whoever called the hotline: who made it, what came of it, a note, and nothing about the caller. */
export function CallForm({ hazardId, kind, may, onDone }: CallFormProps) {
  const { t } = useTexts()
  const [by, setBy] = useState<CallBackBy>(kind === 'contact' ? (may.unit ? 'unit' : 'street') : kind)
  const [reached, setReached] = useState<(typeof YES_NO)[number]>('yes')
  const [satisfied, setSatisfied] = useState<(typeof SATISFACTIONS)[number]>('satisfied')
  const [solved, setSolved] = useState<(typeof YES_NO)[number]>('yes')
  const [note, setNote] = useState('')
  const isPersonal = maskPersonal(note).masked > 0
  const isAnswered = satisfied !== 'not-reached'
  const send = useMutation({
    mutationFn: () => {
      const said = { by, note: note.trim() || null }
      return kind === 'contact'
        ? recordContact(hazardId, { ...said, reached: reached === 'yes' })
        : recordCallBack(hazardId, { ...said, satisfied, solved: isAnswered ? solved === 'yes' : null })
    },
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!send.isPending && !isPersonal) send.mutate()
  }
  const title = {
    contact: t('dispatch.hotline.contact'),
    unit: t('dispatch.hotline.callUnit'),
    street: t('dispatch.hotline.callStreet'),
  }[kind]
  return (
    <form className="gw-form gw-case-form" onSubmit={submit} aria-label={title} data-testid="hotline-form">
      <b>{title}</b>
      {kind === 'contact' ? (
        <>
          <Choice
            label={t('dispatch.hotline.by')}
            names={CALL_BACK_BY}
            value={by}
            onChange={setBy}
            nameOf={(each) => t(`dispatch.hotline.${each}`)}
            isOff={(each) => !may[each]}
          />
          <Choice
            label={t('dispatch.hotline.reached')}
            names={YES_NO}
            value={reached}
            onChange={setReached}
            nameOf={(each) => t(`dispatch.hotline.${each}`)}
          />
        </>
      ) : (
        <Choice
          label={t('dispatch.hotline.satisfied')}
          names={SATISFACTIONS}
          value={satisfied}
          onChange={setSatisfied}
          nameOf={(each) => t(`dispatch.hotline.is.${each}`)}
        />
      )}
      {kind !== 'contact' && isAnswered && (
        <Choice
          label={t('dispatch.hotline.solved')}
          names={YES_NO}
          value={solved}
          onChange={setSolved}
          nameOf={(each) => t(each === 'yes' ? 'dispatch.hotline.isSolved' : 'dispatch.hotline.isNotSolved')}
        />
      )}
      <Textarea
        label={t('dispatch.hotline.note')}
        description={t('dispatch.hotline.private')}
        autosize
        minRows={1}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={isPersonal && t('dispatch.hotline.personal')}
        data-testid="hotline-note"
      />
      <FormActs
        error={send.error}
        pending={send.isPending}
        label={t('dispatch.hotline.save')}
        onLeave={() => onDone(undefined)}
        testId="hotline-save"
        size="compact-md"
      />
    </form>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  names: readonly T[]
  value: NoInfer<T>
  onChange(next: NoInfer<T>): void
  nameOf(name: NoInfer<T>): string
  isOff?(name: NoInfer<T>): boolean
}

function Choice<T extends string>({ label, names, value, onChange, nameOf, isOff }: ChoiceProps<T>) {
  return (
    <Input.Wrapper label={label} labelElement="div">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={label}
        value={value}
        onChange={(next) => onChange(names.find((each) => each === next) ?? value)}
        data={names.map((each) => ({ value: each, label: nameOf(each), disabled: isOff?.(each) ?? false }))}
      />
    </Input.Wrapper>
  )
}
