import { Textarea } from '@mantine/core'
import type { ClipboardEvent } from 'react'
import { NOTE_TEXT_MAX } from '../../geodata/notes/note.schema.ts'
import { useTexts } from '../ui/i18n.ts'

const WARN_FROM = NOTE_TEXT_MAX - 200

interface NoteFieldProps {
  text: string
  disabled: boolean
  autoFocus?: boolean
  onText(text: string): void
  onSubmit(): void
  onCancel?(): void
  onFiles?(files: File[]): void
}

/** The text of a note: grows with it, Ctrl+Enter submits, pasted pictures become photos. */
export function NoteField(props: NoteFieldProps) {
  const { text, disabled, autoFocus, onText, onSubmit, onCancel, onFiles } = props
  const { t } = useTexts()
  const left = NOTE_TEXT_MAX - text.trim().length
  function paste(event: ClipboardEvent) {
    const files = [...event.clipboardData.files]
    // Text that comes with a picture of itself, as from office programs, is pasted as text.
    if (!onFiles || files.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    onFiles(files)
  }
  return (
    <Textarea
      aria-label={t('notes.write')}
      placeholder={t('notes.placeholder')}
      autosize
      minRows={2}
      maxRows={12}
      value={text}
      disabled={disabled}
      data-autofocus={autoFocus || undefined}
      ref={autoFocus ? focusAtEnd : undefined}
      error={left < 0 ? t('notes.over', { count: -left }) : undefined}
      description={left >= 0 && text.length > WARN_FROM ? t('notes.left', { count: left }) : undefined}
      inputWrapperOrder={['input', 'description', 'error']}
      onPaste={paste}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        // Enter while an input method composes belongs to it.
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          onSubmit()
        }
        if (event.key === 'Escape' && onCancel) {
          event.preventDefault()
          event.stopPropagation()
          onCancel()
        }
      }}
    />
  )
}

function focusAtEnd(field: HTMLTextAreaElement | null): void {
  if (!field || field.dataset.focused) return
  field.dataset.focused = 'true'
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}
