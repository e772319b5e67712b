import { Button, FileButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCamera, IconPhotoPlus } from '@tabler/icons-react'
import { useRef } from 'react'
import { PHOTO_TYPES } from '../../../geodata/notes/note.schema.ts'
import { addTexts, useTexts } from '../i18n.ts'
import { texts } from './texts.ts'

addTexts(texts)

const ACCEPT = PHOTO_TYPES.join(',')

/** Chooses photos; on a phone it can take one, too. */
export function PhotoButtons({ onFiles }: { onFiles(files: File[]): void }) {
  const { t } = useTexts()
  const touch = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false })
  const reset = useRef<() => void>(null)
  return (
    <>
      {touch && (
        <FileButton capture="environment" accept={ACCEPT} onChange={(file) => file && onFiles([file])}>
          {(button) => (
            <Button {...button} variant="default" size="compact-md" leftSection={<IconCamera size={16} />}>
              {t('photos.take')}
            </Button>
          )}
        </FileButton>
      )}
      <FileButton
        multiple
        accept={ACCEPT}
        resetRef={reset}
        onChange={(files) => {
          // Otherwise the same file could not be chosen again after it was left out.
          reset.current?.()
          onFiles(files)
        }}
        inputProps={{ 'aria-label': t('photos.choose'), tabIndex: -1 }}
      >
        {(button) => (
          <Button {...button} variant="default" size="compact-md" leftSection={<IconPhotoPlus size={16} />}>
            {t('photos.choose')}
          </Button>
        )}
      </FileButton>
    </>
  )
}
