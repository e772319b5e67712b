import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core'
import { IconMapPinPlus, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { findCrs } from '../../../geodata/crs/crs-list.ts'
import { parseCoordinates } from '../../../geodata/crs/parse-coordinates.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { SitingParams } from '../../../geodata/siting/siting.schema.ts'
import { MOST_DRAWN } from '../../../geodata/siting/siting-choices.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { useCrsChoice } from '../../ui/crs-choice.ts'
import { useTexts } from '../../ui/i18n.ts'
import { type Scheme, TOKENS } from '../../ui/tokens.ts'
import { drawSites, putSites } from './draw-sites.ts'

type Drawn = SitingParams['candidates']['drawn']

interface DrawnSitesProps {
  drawn: Drawn
  onChange(next: Drawn): void
  isPriced: boolean
  map: MapHandle | null
  scheme: Scheme
}

/** Places that somebody has in mind: clicked on the map, or typed as coordinates. */
export function DrawnSites({ drawn, onChange, isPriced, map, scheme }: DrawnSitesProps) {
  const { t, lang } = useTexts()
  const [crsId] = useCrsChoice()
  const [isDrawing, setDrawing] = useState(false)
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string>()
  const isFull = drawn.length >= MOST_DRAWN
  const add = (lngLat: LngLat) => {
    if (drawn.length < MOST_DRAWN) onChange([...drawn, { lngLat }])
  }
  const latest = useRef(add)
  latest.current = add

  useEffect(() => (map ? putSites(map.map, TOKENS[scheme], drawn) : undefined), [map, scheme, drawn])
  useEffect(() => {
    if (!map || !isDrawing) return
    return drawSites(
      map,
      (lngLat) => latest.current(lngLat),
      () => setDrawing(false),
    )
  }, [map, isDrawing])

  function addTyped() {
    const read = parseCoordinates(text, crsId)
    setWrong(read.ok ? undefined : read.message[lang])
    if (!read.ok) return
    add(read.lngLat)
    setText('')
  }
  const change = (at: number, more: Partial<Drawn[number]>) =>
    onChange(drawn.map((one, other) => (other === at ? { ...one, ...more } : one)))
  return (
    <div className="gw-siting-drawn">
      <div className="gw-field">
        <span className="gw-siting-label">{t('siting.drawn')}</span>
        <Button
          size="compact-sm"
          variant={isDrawing ? 'filled' : 'default'}
          leftSection={isDrawing ? <IconPlayerStop size={16} /> : <IconMapPinPlus size={16} />}
          disabled={!map || (isFull && !isDrawing)}
          aria-pressed={isDrawing}
          onClick={() => setDrawing(!isDrawing)}
          data-testid="siting-draw"
        >
          {isDrawing ? t('siting.stopDrawing') : t('siting.draw')}
        </Button>
      </div>
      <p className="gw-hint" aria-live="polite">
        {isFull ? t('siting.tooManyDrawn', { count: MOST_DRAWN }) : isDrawing ? t('siting.drawing') : ''}
      </p>
      <div className="gw-siting-typed">
        <TextInput
          size="xs"
          aria-label={t('siting.coordinates')}
          placeholder={findCrs(crsId)?.axisNames[lang].join(', ')}
          value={text}
          maxLength={200}
          error={wrong}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            addTyped()
          }}
          data-testid="siting-coordinates"
        />
        <Button
          size="xs"
          variant="default"
          disabled={isFull || text.trim() === ''}
          onClick={addTyped}
          data-testid="siting-add"
        >
          {t('siting.add')}
        </Button>
      </div>
      {drawn.length > 0 && (
        <ol className="gw-siting-list">
          {drawn.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number; two may lie at the same spot
            <li key={at} data-testid="siting-drawn">
              <b>{at + 1}</b>
              <TextInput
                size="xs"
                aria-label={t('siting.drawnName', { number: at + 1 })}
                placeholder={t('siting.drawnPlaceholder', { number: at + 1 })}
                maxLength={120}
                value={one.name ?? ''}
                onChange={(event) => change(at, { name: event.currentTarget.value })}
              />
              {isPriced && (
                <NumberInput
                  size="xs"
                  w={88}
                  hideControls
                  min={0.01}
                  max={1_000_000_000}
                  aria-label={t('siting.drawnPrice', { number: at + 1 })}
                  placeholder={t('siting.price')}
                  value={one.price ?? ''}
                  onChange={(next) =>
                    change(at, { price: typeof next === 'number' && next >= 0.01 ? next : undefined })
                  }
                />
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('siting.removeDrawn', { number: at + 1 })}
                onClick={() => onChange(drawn.filter((_, other) => other !== at))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
