import './drop-target.css'
import { FileButton, UnstyledButton } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTexts } from '../ui/i18n.ts'

const ACCEPT = '.osm,.osm.gz,.gz,.osm.pbf,.pbf,.geojson,.json,.geojsonl,.geojsons'

/** A place to drop a file; a click opens the file picker, so nothing needs a drag. */
export function DropTarget({ onFile }: { onFile(file: File): void }) {
  const { t } = useTexts()
  const [over, setOver] = useState(false)
  return (
    <FileButton onChange={(file) => file && onFile(file)} accept={ACCEPT}>
      {(button) => (
        <UnstyledButton
          {...button}
          className="gw-drop"
          data-over={over || undefined}
          data-testid="drop"
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            const file = event.dataTransfer.files[0]
            if (file) onFile(file)
          }}
        >
          <IconFileImport size={20} stroke={1.5} aria-hidden="true" />
          <span>{t('exchange.drop')}</span>
          <small>{t('exchange.formats')}</small>
        </UnstyledButton>
      )}
    </FileButton>
  )
}
