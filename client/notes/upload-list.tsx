import { ActionIcon, Progress } from '@mantine/core'
import { IconRefresh, IconX } from '@tabler/icons-react'
import type { Subject } from '../api/notes.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { photoUploads, usePhotoUploads } from './photo-uploads.ts'
import type { Upload } from './uploads.ts'

/** Photos on their way to one feature: how far, what went wrong, and a way to stop or repeat each. */
export function UploadList({ subject }: { subject: Subject }) {
  const { t } = useTexts()
  const uploads = usePhotoUploads(subject)
  if (uploads.length === 0) return null
  return (
    <ul className="gw-uploads" aria-label={t('notes.uploads')} data-testid="uploads">
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  )
}

function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTexts()
  const { id, file, state, share, why } = upload
  const under = state === 'waiting' || state === 'sending'
  const said =
    state === 'waiting'
      ? t('notes.waiting')
      : state === 'sending'
        ? share < 1
          ? t('notes.sending', { percent: Math.round(share * 100) })
          : t('notes.decoding')
        : why && ('key' in why ? t(why.key) : <ProblemText error={why.error} />)
  return (
    <li data-state={state}>
      <div className="gw-upload-what">
        <span className="gw-upload-name">{file.name}</span>
        <div className="gw-upload-said" role={under ? undefined : 'alert'}>
          {said}
        </div>
        {under && (
          <Progress
            size={4}
            value={share * 100}
            animated={state === 'sending' && share === 1}
            aria-label={file.name}
          />
        )}
      </div>
      {state === 'failed' && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('notes.resend', { name: file.name })}
          onClick={() => photoUploads.retry(id)}
        >
          <IconRefresh size={16} />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t(under ? 'notes.stop' : 'photos.discard', { name: file.name })}
        onClick={() => photoUploads.cancel(id)}
      >
        <IconX size={16} />
      </ActionIcon>
    </li>
  )
}
