import { useEffect, useRef, useState } from 'react'
import { formatCoordinates } from '../../geodata/crs/format-coordinates.ts'
import { distanceMetres } from '../../geodata/editing/measure.ts'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { ToolProps } from '../map/tool.ts'
import { useTexts } from '../ui/i18n.ts'
import { TOKENS } from '../ui/tokens.ts'
import { ToolCard } from '../ui/tool-card.tsx'
import { CoordinateEntry } from './coordinate-entry.tsx'
import { formatLength } from './format.ts'
import { addPlaceOverlay, type PlaceOverlay } from './place-overlay.ts'

const CLOSE_ZOOM = 17.5

/** Pasted coordinates on the map: where they lie is said and marked before the map goes there. */
export function GotoPanel({ map, workspace, scheme, close }: ToolProps) {
  const { t, lang } = useTexts()
  const [typed, setTyped] = useState<LngLat>()
  const [gone, setGone] = useState<LngLat>()
  const overlay = useRef<PlaceOverlay>(undefined)
  const shown = typed ?? gone
  useEffect(() => {
    const made = addPlaceOverlay(map.map, 'goto', TOKENS[scheme])
    overlay.current = made
    return () => {
      overlay.current = undefined
      made.remove()
    }
  }, [map, scheme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme makes a new, empty overlay
  useEffect(() => overlay.current?.show(shown), [shown, scheme])

  const inside = typed && workspace.bbox ? contains(workspace.bbox, typed) : true
  return (
    <ToolCard title={t('tool.goto')} onClose={close} testId="goto">
      <p className="gw-hint">{t('measuring.gotoHint')}</p>
      <CoordinateEntry
        near={map.visibleCentre()}
        action={t('measuring.go')}
        onTyped={setTyped}
        onPlace={([lng, lat]) => {
          setGone([lng, lat])
          map.fit([lng, lat, lng, lat], CLOSE_ZOOM)
        }}
      >
        <output aria-live="polite" data-testid="goto-place">
          {typed && (
            <>
              {formatCoordinates('EPSG:4326', typed)}
              <br />
              {t('measuring.away', {
                length: formatLength(distanceMetres(map.visibleCentre(), typed), lang),
              })}
              {!inside && <b className="gw-measure-outside">{t('measuring.outsideArea')}</b>}
            </>
          )}
        </output>
      </CoordinateEntry>
    </ToolCard>
  )
}

const contains = ([west, south, east, north]: Bbox, [lng, lat]: LngLat) =>
  lng >= west && lng <= east && lat >= south && lat <= north
