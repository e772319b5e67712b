import { useTexts } from '../ui/i18n.ts'

interface NoteFieldProps {
  /** In the page: what says that no personal data belongs here. */
  hintId: string
  label: string
  value: string
  onChange(value: string): void
}

/** A few lines of text, with the hint what does not belong into it. */
export function NoteField({ hintId, label, value, onChange }: NoteFieldProps) {
  const { t } = useTexts()
  return (
    <>
      <label className="gw-field-text">
        {label}
        <textarea
          rows={3}
          maxLength={2000}
          value={value}
          aria-describedby={hintId}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </label>
      <p className="gw-field-quiet" id={hintId}>
        {t('field.noteHint')}
      </p>
    </>
  )
}
