import './photos.css'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { addTexts, useTexts } from '../i18n.ts'
import { texts } from './texts.ts'

addTexts(texts)

interface ChosenPhotosProps {
  files: readonly File[]
  onDrop(file: File): void
}

/** Photos that were chosen and are still on this device; each can be left out again. */
export function ChosenPhotos({ files, onDrop }: ChosenPhotosProps) {
  const { t } = useTexts()
  if (files.length === 0) return null
  return (
    <ul className="gw-photos">
      {files.map((file) => (
        <li key={`${file.name} ${file.lastModified} ${file.size}`}>
          <FilePreview file={file} />
          <ActionIcon
            className="gw-photo-drop"
            variant="default"
            size={24}
            aria-label={t('photos.discard', { name: file.name })}
            onClick={() => onDrop(file)}
          >
            <IconX size={14} />
          </ActionIcon>
        </li>
      ))}
    </ul>
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
