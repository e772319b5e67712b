import { Button, Loader } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { ToolProps } from '../map/tool.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { TOKENS } from '../ui/tokens.ts'
import { ToolCard } from '../ui/tool-card.tsx'
import { formatLength } from './format.ts'
import { accuracyRing, addPlaceOverlay, type PlaceOverlay } from './place-overlay.ts'
import { useLocation } from './use-location.ts'

const CLOSE_ZOOM = 17.5

/** Where the device is, with the circle in which it may be. The position stays in the browser. */
export function LocatePanel({ map, scheme, close }: ToolProps) {
  const { t, lang } = useTexts()
  const [attempt, setAttempt] = useState(0)
  const location = useLocation(attempt)
  const overlay = useRef<PlaceOverlay>(undefined)
  useEffect(() => {
    const made = addPlaceOverlay(map.map, 'locate', TOKENS[scheme])
    overlay.current = made
    return () => {
      overlay.current = undefined
      made.remove()
    }
  }, [map, scheme])
  const found = location.state === 'found' ? location : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme makes a new, empty overlay
  useEffect(() => overlay.current?.show(found?.lngLat, found?.accuracyMetres), [found, scheme])

  const go = useCallback(
    (lngLat: LngLat, accuracyMetres: number) =>
      map.fit(boxAround(accuracyRing(lngLat, accuracyMetres)), CLOSE_ZOOM),
    [map],
  )
  // Goes there once; later positions must not take the map from whoever has moved it.
  const wentFor = useRef(-1)
  useEffect(() => {
    if (!found || wentFor.current === attempt) return
    wentFor.current = attempt
    go(found.lngLat, found.accuracyMetres)
  }, [found, attempt, go])
  return (
    <ToolCard title={t('tool.locate')} onClose={close} testId="locate">
      <div role="status" data-testid="locate-state">
        {location.state === 'waiting' && (
          <div className="gw-tool-row">
            <Loader size={14} /> {t('measuring.locating')}
          </div>
        )}
        {found && (
          <p>
            {t('measuring.located', {
              length: formatLength(found.accuracyMetres, lang),
              time: formatTime(found.at.toISOString()),
            })}
          </p>
        )}
        {location.state === 'insecure' && <p className="gw-tool-error">{t('measuring.insecure')}</p>}
        {location.state === 'unsupported' && <p className="gw-tool-error">{t('measuring.unsupported')}</p>}
        {location.state === 'denied' && <p className="gw-tool-error">{t('measuring.denied')}</p>}
        {location.state === 'unavailable' && <p className="gw-tool-error">{t('measuring.unavailable')}</p>}
        {location.state === 'timeout' && <p className="gw-tool-error">{t('measuring.timeout')}</p>}
      </div>
      <p className="gw-hint">{t('measuring.locateHint')}</p>
      <div className="gw-tool-row">
        {found ? (
          <Button size="compact-sm" onClick={() => go(found.lngLat, found.accuracyMetres)}>
            {t('measuring.goThere')}
          </Button>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            disabled={location.state === 'waiting'}
            onClick={() => setAttempt(attempt + 1)}
          >
            {t('measuring.tryAgain')}
          </Button>
        )}
      </div>
    </ToolCard>
  )
}

function boxAround(ring: readonly LngLat[]): Bbox {
  const lngs = ring.map(([lng]) => lng)
  const lats = ring.map(([, lat]) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}
