import { ActionIcon, Button, FileButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCamera, IconPhotoPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { NOTE_TEXT_MAX, PHOTO_TYPES } from '../../geodata/notes/note.schema.ts'
import { postNote, type Subject } from '../api/notes.ts'
import { useTexts } from '../ui/i18n.ts'
import { draftOf, keepDraft } from './drafts.ts'
import { NoteField } from './note-field.tsx'
import { NoteProblem } from './note-problem.tsx'
import { notesKey, photoUploads } from './photo-uploads.ts'

const ACCEPT = PHOTO_TYPES.join(',')
const isSame = (a: File, b: File) =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified
const isImage = ({ type, name }: File) => /^image\//.test(type) || /\.(jpe?g|png|webp|hei[cf])$/i.test(name)

/** Writes a note with photos, or adds photos alone. What is half-written survives looking elsewhere. */
export function NoteComposer({ subject }: { subject: Subject }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const touch = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false })
  const [draft, setDraft] = useState(() => draftOf(subject))
  const [over, setOver] = useState(false)
  const resetPicker = useRef<() => void>(null)
  const { text, files } = draft
  const change = (part: Partial<typeof draft>) => {
    // From where it is kept: two changes may come before the next drawing.
    const next = { ...draftOf(subject), ...part }
    keepDraft(subject, next)
    setDraft(next)
  }
  const addFiles = (added: File[]) => {
    resetPicker.current?.()
    const kept = draftOf(subject).files
    change({ files: [...kept, ...added.filter((file) => !kept.some((other) => isSame(file, other)))] })
  }
  const words = text.trim()
  const ready = (words !== '' || files.length > 0) && words.length <= NOTE_TEXT_MAX

  const save = useMutation({
    mutationFn: async (sent: { words: string; files: readonly File[] }) =>
      sent.words === '' ? undefined : postNote(subject, sent.words),
    onSuccess: (note, sent) => {
      photoUploads.add(subject, note?.id, sent.files)
      // What was chosen while the note was being saved stays for the next.
      change({ text: '', files: draftOf(subject).files.filter((file) => !sent.files.includes(file)) })
      return queries.invalidateQueries({ queryKey: notesKey(subject) })
    },
  })
  const submit = () => {
    if (ready && !save.isPending) save.mutate({ words, files })
  }
  const drag = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      event.stopPropagation()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false)
      if (event.dataTransfer.files.length === 0) return
      event.preventDefault()
      event.stopPropagation()
      addFiles([...event.dataTransfer.files])
    },
  }
  return (
    <div className="gw-composer" data-over={over || undefined} data-testid="note-composer" {...drag}>
      <NoteField
        text={text}
        disabled={save.isPending}
        onText={(next) => change({ text: next })}
        onSubmit={submit}
        onFiles={(pasted) => addFiles(pasted.filter(isImage))}
      />
      {files.length > 0 && (
        <ul className="gw-photos">
          {files.map((file, index) => (
            <li key={`${file.name} ${file.lastModified} ${file.size}`}>
              <FilePreview file={file} />
              <ActionIcon
                className="gw-photo-drop"
                variant="default"
                size={24}
                aria-label={t('notes.discard', { name: file.name })}
                onClick={() => change({ files: files.filter((_, other) => other !== index) })}
              >
                <IconX size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div className="gw-composer-row">
        {touch && (
          <FileButton capture="environment" accept={ACCEPT} onChange={(file) => file && addFiles([file])}>
            {(button) => (
              <Button {...button} variant="default" size="compact-md" leftSection={<IconCamera size={16} />}>
                {t('notes.take')}
              </Button>
            )}
          </FileButton>
        )}
        <FileButton
          multiple
          accept={ACCEPT}
          resetRef={resetPicker}
          onChange={addFiles}
          inputProps={{ 'aria-label': t('notes.choose'), tabIndex: -1 }}
        >
          {(button) => (
            <Button {...button} variant="default" size="compact-md" leftSection={<IconPhotoPlus size={16} />}>
              {t('notes.choose')}
            </Button>
          )}
        </FileButton>
        <Button
          className="gw-composer-go"
          size="compact-md"
          disabled={!ready}
          loading={save.isPending}
          onClick={submit}
          data-testid="note-add"
        >
          {t(words === '' && files.length > 0 ? 'notes.addPhotos' : 'notes.add')}
        </Button>
      </div>
      <p className="gw-hint">{over ? t('notes.drop') : t(touch ? 'notes.keysTouch' : 'notes.keys')}</p>
      {save.isError && <NoteProblem error={save.error} />}
    </div>
  )
}

/** A picture that is still on this device. One that the browser cannot draw shows its name. */
function FilePreview({ file }: { file: File }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url ? <img src={url} alt={file.name} /> : null
}
