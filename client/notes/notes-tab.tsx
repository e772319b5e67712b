import './notes.css'
import { Button, Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { listLoosePhotos, listNotes } from '../api/notes.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { useMay } from '../ui/session.ts'
import { NoteComposer } from './note-composer.tsx'
import { NoteItem } from './note-item.tsx'
import { NoteProblem } from './note-problem.tsx'
import { PhotoStrip } from './photo-strip.tsx'
import { notesKey } from './photo-uploads.ts'
import { texts } from './texts.ts'
import { UploadList } from './upload-list.tsx'

addTexts(texts)

/** What people wrote and photographed about a feature, and a place to add to it. */
export default function NotesTab({ layer, feature }: { layer: LayerId; feature: StoredFeature }) {
  const { t } = useTexts()
  const may = useMay('note')
  const subject = useMemo(() => ({ layer, feature: feature.id }), [layer, feature.id])
  const notes = useInfiniteQuery({
    queryKey: [...notesKey(subject), 'list'],
    queryFn: ({ pageParam, signal }) => listNotes(subject, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const loose = useInfiniteQuery({
    queryKey: [...notesKey(subject), 'photos'],
    queryFn: ({ pageParam, signal }) => listLoosePhotos(subject, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const written = notes.data?.pages.flatMap((page) => page.notes) ?? []
  const photos = loose.data?.pages.flatMap((page) => page.photos) ?? []
  const loading = notes.isPending || loose.isPending
  const failure = notes.error ?? loose.error
  return (
    <div className="gw-notes" data-testid="notes-tab">
      {may && <NoteComposer subject={subject} />}
      <UploadList subject={subject} />
      {failure ? (
        <NoteProblem error={failure}>
          <p>{t('notes.failed')}</p>
          <Button
            size="compact-md"
            variant="default"
            onClick={() => {
              void notes.refetch()
              void loose.refetch()
            }}
          >
            {t('notes.again')}
          </Button>
        </NoteProblem>
      ) : null}
      {loading && !failure && <Loader size="sm" className="gw-notes-wait" />}
      {photos.length > 0 && (
        <section aria-label={t('notes.photos')}>
          <h3>{t('notes.photos')}</h3>
          <PhotoStrip photos={photos} />
          {loose.hasNextPage && (
            <button type="button" className="gw-link" onClick={() => void loose.fetchNextPage()}>
              {t('notes.morePhotos')}
            </button>
          )}
        </section>
      )}
      {written.length > 0 && (
        <section aria-label={t('notes.list')}>
          <h3>{t('notes.list')}</h3>
          <ol className="gw-note-list">
            {written.map((note) => (
              <NoteItem key={note.id} note={note} />
            ))}
          </ol>
          {notes.hasNextPage && (
            <button type="button" className="gw-link" onClick={() => void notes.fetchNextPage()}>
              {t('notes.more')}
            </button>
          )}
        </section>
      )}
      {!loading && !failure && photos.length === 0 && written.length === 0 && (
        <p className="gw-hint gw-notes-empty">{t('notes.empty')}</p>
      )}
    </div>
  )
}
