import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  PREMISES_KIND_NAMES,
  PREMISES_KINDS,
  type Premises,
  type PremisesKind,
} from '../../../geodata/campaigns/premises.schema.ts'
import { actOnPremises, postPremises } from '../../api/campaigns.ts'
import { FormActs } from '../../ui/form-acts.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { CardForm } from '../card-form.tsx'
import { useStoring } from '../use-storing.ts'
import { today } from '../words.ts'

interface PremisesFormProps {
  /** Those that are corrected, or the building in which some are filed. */
  of: { premises: Premises } | { building: number }
  onDone(): void
}

/** Puts premises in a building on the register, or corrects what they are called. */
export function PremisesForm({ of, onDone }: PremisesFormProps) {
  const { t, lang } = useTexts()
  // As they were when the form was opened: what somebody changed since is refused, not written over.
  const [before] = useState('premises' in of ? of.premises : undefined)
  const [kind, setKind] = useState<PremisesKind>(before?.kind ?? 'self-built')
  const [name, setName] = useState(before?.name ?? '')
  const [trade, setTrade] = useState(before?.trade ?? '')
  const [filedOn, setFiledOn] = useState(today)
  const [told, setTold] = useState(false)
  const isMissing = name.trim() === ''
  const send = useStoring({
    key: 'premises',
    store: () => {
      const named = { kind, name, trade: trade.trim() === '' ? null : trade }
      if ('building' in of) return postPremises({ building: of.building, ...named, filedOn, note: null })
      return actOnPremises(before ?? of.premises, { action: 'amend', on: today(), note: null, ...named })
    },
    said: (saved) => t(before ? 'premises.saved' : 'premises.filed', { name: saved.name }),
    undo: (saved) => {
      const told = { on: today(), note: t('premises.takenBack') }
      if (!before) return actOnPremises(saved, { action: 'close', ...told })
      const { kind, name, trade } = before
      return actOnPremises(saved, { action: 'amend', ...told, kind, name, trade })
    },
    onDone,
  })
  return (
    <CardForm
      pending={send.isPending}
      onSend={() => {
        setTold(true)
        if (!isMissing && filedOn !== '') send.mutate()
      }}
      testId={before ? 'premises-amend-form' : 'premises-new'}
    >
      <TextInput
        label={t('premises.name')}
        description={t('premises.nameHint')}
        maxLength={80}
        value={name}
        error={told && isMissing ? t('campaigns.nameMissing') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="premises-name"
      />
      <NativeSelect
        label={t('premises.kind')}
        value={kind}
        onChange={(event) =>
          setKind(PREMISES_KIND_NAMES.find((each) => each === event.currentTarget.value) ?? 'other')
        }
        data={PREMISES_KIND_NAMES.map((each) => ({ value: each, label: PREMISES_KINDS[each][lang] }))}
      />
      <TextInput
        label={t('premises.trade')}
        maxLength={80}
        value={trade}
        onChange={(event) => setTrade(event.currentTarget.value)}
      />
      {!before && (
        <TextInput
          type="date"
          label={t('premises.filedOn')}
          max={today()}
          value={filedOn}
          onChange={(event) => setFiledOn(event.currentTarget.value)}
        />
      )}
      <FormActs
        error={send.error}
        pending={send.isPending}
        label={t(before ? 'acts.save' : 'premises.file')}
        onLeave={onDone}
        testId="premises-save"
      />
    </CardForm>
  )
}
