import '../ui/photos/photos.css'
import { useState } from 'react'
import type { Photo } from '../../geodata/notes/note.schema.ts'
import { photoUrl } from '../api/notes.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { Lightbox } from './lightbox.tsx'
import { useAuthor } from './use-author.ts'

/** Photos as thumbnails; each is a button that enlarges it. */
export function PhotoStrip({ photos }: { photos: readonly Photo[] }) {
  const { t } = useTexts()
  const author = useAuthor()
  const [openId, setOpenId] = useState<string>()
  if (photos.length === 0) return null
  return (
    <>
      <ul className="gw-photos" data-testid="photos">
        {photos.map((photo, index) => (
          <li key={photo.id}>
            <button
              type="button"
              aria-label={t('notes.open', {
                n: index + 1,
                total: photos.length,
                author: author(photo.author),
                time: formatTime(photo.createdAt),
              })}
              onClick={() => setOpenId(photo.id)}
            >
              <img src={photoUrl(photo.id, 'thumb')} alt="" loading="lazy" decoding="async" />
            </button>
          </li>
        ))}
      </ul>
      <Lightbox photos={photos} openId={openId} onOpen={setOpenId} />
    </>
  )
}
