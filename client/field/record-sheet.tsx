import '../app/schemas-without-eval.ts'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { OUTCOME_NAMES, OUTCOMES, type Outcome } from '../../geodata/walks/walk.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { toError } from '../ui/problem-words.ts'
import { Fault } from './fault.tsx'
import { NoteField } from './note-field.tsx'
import { Sheet } from './sheet.tsx'

interface RecordSheetProps {
  /** Of the stop. */
  name: string
  onClose(): void
  onSave(input: { outcome: Outcome | null; count: number; note: string }): Promise<void>
}

const MOST = 9999

export default function RecordSheet({ name, onClose, onSave }: RecordSheetProps) {
  const { t, lang } = useTexts()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [count, setCount] = useState(1)
  const [note, setNote] = useState('')
  const [fault, setFault] = useState<Error>()
  const [isSaving, setSaving] = useState(false)
  const isEmpty = outcome === null && note.trim() === ''

  const save = (event: FormEvent) => {
    event.preventDefault()
    if (isEmpty || isSaving) return
    setSaving(true)
    onSave({ outcome, count, note: note.trim() }).then(onClose, (thrown) => {
      setSaving(false)
      setFault(toError(thrown))
    })
  }
  return (
    <Sheet title={t('field.recordTitle', { name })} onClose={onClose}>
      <form onSubmit={save} data-testid="field-record-form">
        <fieldset className="gw-field-choices">
          <legend>{t('field.outcome')}</legend>
          {OUTCOME_NAMES.map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="outcome"
                value={value}
                checked={outcome === value}
                onChange={() => setOutcome(value)}
              />
              {OUTCOMES[value][lang]}
            </label>
          ))}
          <label>
            <input type="radio" name="outcome" checked={outcome === null} onChange={() => setOutcome(null)} />
            {t('field.noteOnly')}
          </label>
        </fieldset>
        {outcome !== null && (
          <div className="gw-field-count">
            <label htmlFor="field-count">{t('field.count')}</label>
            <button
              type="button"
              className="gw-field-button"
              aria-label={t('field.fewer')}
              disabled={count <= 1}
              onClick={() => setCount(count - 1)}
            >
              <IconMinus size={20} />
            </button>
            <input
              id="field-count"
              inputMode="numeric"
              value={count}
              onChange={(event) => {
                const typed = Number(event.currentTarget.value.replace(/\D/g, ''))
                setCount(Math.min(MOST, Math.max(1, typed)))
              }}
            />
            <button
              type="button"
              className="gw-field-button"
              aria-label={t('field.more')}
              disabled={count >= MOST}
              onClick={() => setCount(count + 1)}
            >
              <IconPlus size={20} />
            </button>
          </div>
        )}
        <NoteField hintId="field-note-hint" label={t('field.note')} value={note} onChange={setNote} />
        <Fault error={fault} />
        <button
          type="submit"
          className="gw-field-check-in"
          data-testid="field-record-save"
          disabled={isEmpty || isSaving}
        >
          {t('field.save')}
        </button>
      </form>
    </Sheet>
  )
}
