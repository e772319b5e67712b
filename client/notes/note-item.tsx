import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Note } from '../../geodata/notes/note.schema.ts'
import { deleteNote, restoreNote } from '../api/notes.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { useMay, useOwnName } from '../ui/session.ts'
import { toastDone } from '../ui/toast.tsx'
import { NoteEditor } from './note-editor.tsx'
import { NoteProblem } from './note-problem.tsx'
import { PhotoStrip } from './photo-strip.tsx'
import { notesKey } from './photo-uploads.ts'
import { useAuthor } from './use-author.ts'

/** One note: who, when, what, and its photos. One's own can be changed and deleted, with undo. */
export function NoteItem({ note }: { note: Note }) {
  const { t } = useTexts()
  const author = useAuthor()
  const own = useOwnName()
  const mine = useMay('note') && note.author === own
  const queries = useQueryClient()
  const [editing, setEditing] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: notesKey(note) })
  const remove = useMutation({
    mutationFn: () => deleteNote(note),
    onSuccess: () => {
      toastDone(t('notes.removed'), {
        undo: async () => {
          await restoreNote(note)
          await refresh()
        },
      })
      return refresh()
    },
  })
  return (
    <li className="gw-note" data-testid="note">
      <header>
        <b>{author(note.author)}</b>
        <time dateTime={note.createdAt}>{formatTime(note.createdAt)}</time>
        {note.updatedAt !== note.createdAt && (
          <Tooltip label={formatTime(note.updatedAt)}>
            <span>{t('notes.edited')}</span>
          </Tooltip>
        )}
        {mine && !editing && (
          <span className="gw-note-acts">
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t('notes.edit')}
              onClick={() => setEditing(true)}
            >
              <IconPencil size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t('notes.remove')}
              loading={remove.isPending}
              onClick={() => remove.mutate()}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </span>
        )}
      </header>
      {editing ? (
        <NoteEditor note={note} onDone={() => setEditing(false)} />
      ) : (
        <p className="gw-note-text">{note.text}</p>
      )}
      {remove.isError && <NoteProblem error={remove.error} />}
      <PhotoStrip photos={note.photos} />
    </li>
  )
}
