import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { NOTE_TEXT_MAX } from '../../geodata/notes/note.schema.ts'
import { postNote, type Subject } from '../api/notes.ts'
import { useTexts } from '../ui/i18n.ts'
import { addToChosen } from '../ui/photos/add-to-chosen.ts'
import { ChosenPhotos } from '../ui/photos/chosen-photos.tsx'
import { PhotoButtons } from '../ui/photos/photo-buttons.tsx'
import { draftOf, keepDraft } from './drafts.ts'
import { NoteField } from './note-field.tsx'
import { NoteProblem } from './note-problem.tsx'
import { notesKey, photoUploads } from './photo-uploads.ts'

const isImage = ({ type, name }: File) => /^image\//.test(type) || /\.(jpe?g|png|webp|hei[cf])$/i.test(name)

/** Writes a note with photos, or adds photos alone. What is half-written survives looking elsewhere. */
export function NoteComposer({ subject }: { subject: Subject }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const touch = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false })
  const [draft, setDraft] = useState(() => draftOf(subject))
  const [over, setOver] = useState(false)
  const { text, files } = draft
  const change = (part: Partial<typeof draft>) => {
    // From where it is kept: two changes may come before the next drawing.
    const next = { ...draftOf(subject), ...part }
    keepDraft(subject, next)
    setDraft(next)
  }
  const addFiles = (added: File[]) => change({ files: addToChosen(draftOf(subject).files, added) })
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
      <ChosenPhotos
        files={files}
        onDrop={(gone) => change({ files: files.filter((file) => file !== gone) })}
      />
      <div className="gw-composer-row">
        <PhotoButtons onFiles={addFiles} />
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
