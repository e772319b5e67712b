import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTexts } from '../../ui/i18n.ts'
import { fieldLabel, unitOf } from '../../ui/words/property-words.ts'
import type { Field } from './fields.ts'
import type { Entry, EntryProblem } from './read-entry.ts'

interface TextFieldProps {
  field: Field
  /** The value as it is typed. */
  shown: string
  placeholder: string
  hint?: string | undefined
  disabled: boolean
  read(typed: string): Entry
  onCommit(value: unknown): void
}

/** A field of text, of a figure or of a time. What is typed is taken when the field is left or Enter pressed, once. */
export function TextField({ field, shown, placeholder, hint, disabled, read, onCommit }: TextFieldProps) {
  const texts = useTexts()
  const { t } = texts
  const [typed, setTyped] = useState(shown)
  const [problem, setProblem] = useState<EntryProblem>()
  // An undo, or somebody else's version, shows at once.
  useEffect(() => {
    setTyped(shown)
    setProblem(undefined)
  }, [shown])

  function take() {
    if (typed === shown) return setProblem(undefined)
    const entry = read(typed)
    if (!entry.ok) return setProblem(entry.problem)
    setProblem(undefined)
    onCommit(entry.value)
    // What comes to the same value (“ 3 ” for 3) does not come back as a change.
    setTyped(shown)
  }

  const unit = unitOf(field.name, texts)
  const label = `${fieldLabel(field.name, texts)}${unit ? ` (${unit})` : ''}`
  const shared = {
    label,
    description: hint,
    placeholder,
    disabled,
    value: typed,
    size: 'xs' as const,
    error: problem && t(`form.problem.${problem.key}`, problem.params),
    'data-testid': `field-${field.name}`,
    onBlur: take,
  }
  if (field.kind === 'paragraph')
    return (
      <Textarea
        {...shared}
        className="gw-form-wide"
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...shared}
      type={field.kind === 'instant' ? 'datetime-local' : 'text'}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      className={field.kind === 'text' || field.kind === 'instant' ? 'gw-form-wide' : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) take()
        if (event.key === 'Escape') {
          setTyped(shown)
          setProblem(undefined)
        }
      }}
    />
  )
}
