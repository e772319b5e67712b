import '../ui/panels.css'
import './first-screen.css'
import { Button, CopyButton, TextInput } from '@mantine/core'
import { IconBuildingCommunity, IconPencil, IconUpload } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { DropTarget } from '../exchange/drop-target.tsx'
import { formatCamera } from '../map/camera.ts'
import { useTexts } from '../ui/i18n.ts'
import { readLngLat } from './read-lng-lat.ts'

const DEMO_COMMAND = 'npx gridward demo'
/** About a sub-district across a desktop window. */
const DRAW_ZOOM = 15

interface FirstScreenProps {
  onFile(file: File): void
  /** Opens the map at a camera, as the URL writes it, with the editing tool. */
  onDraw(camera: string): void
}

/** An empty system offers its ways to begin instead of a blank map. */
export default function FirstScreen({ onFile, onDraw }: FirstScreenProps) {
  const { t } = useTexts()
  const [where, setWhere] = useState('')
  const [wrong, setWrong] = useState(false)
  function draw(event: FormEvent) {
    event.preventDefault()
    const lngLat = readLngLat(where)
    setWrong(!lngLat)
    if (!lngLat) return
    const [lng, lat] = lngLat
    onDraw(formatCamera({ zoom: DRAW_ZOOM, lat, lng, bearing: 0, pitch: 0 }))
  }
  return (
    <main className="gw-first" id="map" tabIndex={-1} data-testid="first-screen">
      <h1>{t('empty.title')}</h1>
      <p>{t('empty.lead')}</p>
      <div className="gw-choices">
        <section>
          <IconBuildingCommunity size={28} stroke={1.5} aria-hidden="true" />
          <h2>{t('empty.demo')}</h2>
          <p>{t('empty.demoText')}</p>
          <code>{DEMO_COMMAND}</code>
          <CopyButton value={DEMO_COMMAND}>
            {({ copied, copy }) => (
              <Button variant={copied ? 'default' : 'filled'} onClick={copy}>
                {copied ? t('empty.copied') : t('empty.copy')}
              </Button>
            )}
          </CopyButton>
        </section>
        <section>
          <IconUpload size={28} stroke={1.5} aria-hidden="true" />
          <h2>{t('empty.import')}</h2>
          <p>{t('empty.importText')}</p>
          <DropTarget onFile={onFile} />
        </section>
        <section>
          <IconPencil size={28} stroke={1.5} aria-hidden="true" />
          <h2>{t('empty.draw')}</h2>
          <p>{t('empty.drawText')}</p>
          <form className="gw-form" onSubmit={draw} noValidate>
            <TextInput
              label={t('empty.where')}
              placeholder="120.6200, 31.3000"
              value={where}
              error={wrong && t('empty.whereWrong')}
              onChange={(event) => {
                setWhere(event.currentTarget.value)
                setWrong(false)
              }}
              data-testid="draw-where"
            />
            <Button type="submit" fullWidth>
              {t('empty.drawGo')}
            </Button>
          </form>
        </section>
      </div>
      <p className="gw-hint">{t('empty.waiting')}</p>
    </main>
  )
}
