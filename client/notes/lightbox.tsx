import { ActionIcon, Button, Modal } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Photo } from '../../geodata/notes/note.schema.ts'
import { deletePhoto, photoUrl } from '../api/notes.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { useMay, useOwnName } from '../ui/session.ts'
import { toastDone } from '../ui/toast.tsx'
import { NoteProblem } from './note-problem.tsx'
import { notesKey } from './photo-uploads.ts'
import { useAuthor } from './use-author.ts'

interface LightboxProps {
  photos: readonly Photo[]
  openId: string | undefined
  onOpen(id: string | undefined): void
}

/** One photo large, with the others by arrow keys. Deleting takes two presses, for it cannot be undone. */
export function Lightbox({ photos, openId, onOpen }: LightboxProps) {
  const { t } = useTexts()
  const author = useAuthor()
  const own = useOwnName()
  const mine = useMay('note')
  const queries = useQueryClient()
  const [sure, setSure] = useState(false)
  const [missing, setMissing] = useState(false)
  const index = photos.findIndex(({ id }) => id === openId)
  const photo = photos[index]
  // biome-ignore lint/correctness/useExhaustiveDependencies: another photo is another question
  useEffect(() => {
    setSure(false)
    setMissing(false)
  }, [openId])

  const remove = useMutation({
    mutationFn: ({ id }: Photo) => deletePhoto(id),
    onSuccess: (_, gone) => {
      onOpen(photos[index + 1]?.id ?? photos[index - 1]?.id)
      toastDone(t('notes.removedPhoto'))
      return queries.invalidateQueries({ queryKey: notesKey(gone) })
    },
  })
  const words = photo && {
    n: index + 1,
    total: photos.length,
    author: author(photo.author),
    time: formatTime(photo.createdAt),
  }
  const go = (step: number) => {
    const next = photos[index + step]
    if (next) onOpen(next.id)
  }
  return (
    <Modal
      opened={photo !== undefined}
      onClose={() => onOpen(undefined)}
      size="auto"
      centered
      title={words && t('notes.alt', words)}
      closeButtonProps={{ 'aria-label': t('notes.close') }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') go(-1)
        if (event.key === 'ArrowRight') go(1)
      }}
      data-testid="lightbox"
    >
      {photo && words && (
        <>
          {missing ? (
            <p role="alert">{t('notes.missing')}</p>
          ) : (
            <img
              className="gw-lightbox"
              src={photoUrl(photo.id, 'full')}
              alt={t('notes.alt', words)}
              width={photo.width}
              height={photo.height}
              onError={() => setMissing(true)}
            />
          )}
          <div className="gw-lightbox-row">
            {photos.length > 1 && (
              <>
                <ActionIcon
                  variant="default"
                  size={32}
                  aria-label={t('notes.previous')}
                  disabled={index === 0}
                  onClick={() => go(-1)}
                >
                  <IconChevronLeft size={18} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size={32}
                  aria-label={t('notes.next')}
                  disabled={index === photos.length - 1}
                  onClick={() => go(1)}
                >
                  <IconChevronRight size={18} />
                </ActionIcon>
              </>
            )}
            {mine && photo.author === own && (
              <Button
                className="gw-lightbox-delete"
                size="compact-md"
                variant="default"
                leftSection={<IconTrash size={16} />}
                data-sure={sure || undefined}
                loading={remove.isPending}
                onClick={() => (sure ? remove.mutate(photo) : setSure(true))}
                onBlur={() => setSure(false)}
              >
                {t(sure ? 'notes.removeForGood' : 'notes.removePhoto')}
              </Button>
            )}
          </div>
          {remove.isError && <NoteProblem error={remove.error} />}
        </>
      )}
    </Modal>
  )
}
