import './readout.css'
import { Menu } from '@mantine/core'
import { IconChevronUp, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { MapMouseEvent } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { CRS_LIST, findCrs } from '../../geodata/crs/crs-list.ts'
import { formatCoordinates } from '../../geodata/crs/format-coordinates.ts'
import { suggestCrs } from '../../geodata/crs/suggest-crs.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { getSettings } from '../api/settings.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { copyText } from '../ui/copy-text.ts'
import { useCrsChoice } from '../ui/crs-choice.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { texts } from './texts.ts'

addTexts(texts)

const TYPING = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]'

/** Coordinates of the pointer, on a touch screen of the map's middle, in a system of the user's choice. */
export default function Readout({ map }: { map: MapHandle }) {
  const { t, lang } = useTexts()
  const settings = useQuery({ queryKey: ['settings'], queryFn: getSettings, staleTime: 300_000 })
  const [crsId, choose] = useCrsChoice(settings.data?.values.readoutCrs)
  const place = usePlace(map)
  const crs = findCrs(crsId)!
  const text = formatCoordinates(crsId, place) ?? t('measuring.outside')
  useCopyKey(text)
  const { belt } = suggestCrs(place)
  const near = CRS_LIST.filter((known) => !known.belt || known.belt.zone === belt?.zone || known.id === crsId)
  return (
    <div className="gw-readout" data-testid="readout">
      <button
        type="button"
        title={t('measuring.copyHint')}
        aria-label={`${t('measuring.copyPlace')}: ${text}`}
        onClick={() => void copyText(text)}
      >
        <span data-testid="readout-text">{text}</span>
        <IconCopy size={14} aria-hidden="true" />
      </button>
      <Menu position="top-end" shadow="md" withinPortal>
        <Menu.Target>
          <button
            type="button"
            aria-label={`${t('measuring.crs')}: ${crs[lang]}, ${crs.id}`}
            data-testid="readout-crs"
          >
            {crs.obfuscated ? <b>{crs.id}</b> : crs.id}
            <IconChevronUp size={14} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('measuring.crs')}</Menu.Label>
          {near.map((known) => (
            <Menu.Item
              key={known.id}
              aria-current={known.id === crsId}
              fw={known.id === crsId ? 600 : undefined}
              onClick={() => choose(known.id)}
            >
              {known[lang]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** Where the pointer is; without one, where the map's free middle is. Read once a frame at most. */
function usePlace(map: MapHandle): LngLat {
  const [place, setPlace] = useState<LngLat>(() => map.visibleCentre())
  useEffect(() => {
    // As a pixel: under a pointer that rests, the map may move.
    let pointer: MapMouseEvent['point'] | undefined
    let frame = 0
    const show = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        const { lng, lat } = pointer ? map.map.unproject(pointer) : { lng: 0, lat: 0 }
        setPlace(pointer ? [lng, lat] : map.visibleCentre())
      })
    }
    const onMove = (event: MapMouseEvent) => {
      pointer = event.point
      show()
    }
    const onLeave = () => {
      pointer = undefined
      show()
    }
    map.map.on('mousemove', onMove)
    map.map.on('mouseout', onLeave)
    map.map.on('moveend', show)
    return () => {
      cancelAnimationFrame(frame)
      map.map.off('mousemove', onMove)
      map.map.off('mouseout', onLeave)
      map.map.off('moveend', show)
    }
  }, [map])
  return place
}

/** `c` copies what is read, wherever the focus is; listed among the commands of the app. */
function useCopyKey(text: string): void {
  const latest = useRef(text)
  latest.current = text
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'c' || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.defaultPrevented || (event.target as Element).closest?.(TYPING)) return
      if (document.querySelector('[role=dialog], [role=menu]')) return
      event.preventDefault()
      void copyText(latest.current)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
