import { Alert, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { NOTE_TEXT_MAX, type Note } from '../../geodata/notes/note.schema.ts'
import { getNote, patchNote } from '../api/notes.ts'
import { ApiError } from '../api/request.ts'
import { useTexts } from '../ui/i18n.ts'
import { NoteField } from './note-field.tsx'
import { NoteProblem } from './note-problem.tsx'
import { notesKey } from './photo-uploads.ts'

/**
 * Changes the text of a note. It saves against the version that was opened, however the list is refreshed meanwhile:
 * who was overtaken sees the other text before a second save replaces it.
 */
export function NoteEditor({ note, onDone }: { note: Note; onDone(): void }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [base, setBase] = useState(note)
  const [text, setText] = useState(note.text)
  const words = text.trim()
  const save = useMutation({
    mutationFn: async (): Promise<'saved' | 'overtaken'> => {
      try {
        await patchNote(base, words)
        return 'saved'
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 412) throw error
        setBase(await getNote(base.id))
        return 'overtaken'
      }
    },
    onSuccess: async (outcome) => {
      await queries.invalidateQueries({ queryKey: notesKey(note) })
      if (outcome === 'saved') onDone()
    },
  })
  const ready = words !== '' && words.length <= NOTE_TEXT_MAX
  const submit = () => {
    if (!ready || save.isPending) return
    if (words === base.text) onDone()
    else save.mutate()
  }
  return (
    <div className="gw-note-editor">
      {save.data === 'overtaken' && (
        <Alert color="orange" role="alert" p="sm">
          {t('notes.conflict', { theirs: base.text })}
        </Alert>
      )}
      <NoteField
        autoFocus
        text={text}
        disabled={save.isPending}
        onText={setText}
        onSubmit={submit}
        onCancel={onDone}
      />
      <div className="gw-composer-row">
        <Button size="compact-md" variant="default" onClick={onDone}>
          {t('notes.cancel')}
        </Button>
        <Button size="compact-md" disabled={!ready} loading={save.isPending} onClick={submit}>
          {t('notes.save')}
        </Button>
      </div>
      {save.isError && <NoteProblem error={save.error} />}
    </div>
  )
}
