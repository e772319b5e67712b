import './embedding.css'
import { ActionIcon } from '@mantine/core'
import { IconExternalLink, IconMinus, IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { filteredTileJsonUrl } from '../api/lists.ts'
import { areasOf } from '../app/filters.ts'
import { MapFooter } from '../app/map-footer.tsx'
import { MODULES } from '../app/registry.ts'
import { useCameraLink } from '../app/use-camera-link.ts'
import { useLiveMap } from '../app/use-live-map.ts'
import { useSelected } from '../app/use-selected.ts'
import type { View } from '../app/use-view.ts'
import { Freshness } from '../live/freshness.tsx'
import { boxOf } from '../map/box-of.ts'
import type { Insets } from '../map/camera.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { fullAddress } from './embed-address.ts'
import { texts } from './texts.ts'
import { useEmbeddedWorkspace } from './use-embedded-workspace.ts'

addTexts(texts)

const MapView = lazy(() => import('../map/map-view.tsx'))
const INSETS: Insets = { top: 56, right: 12, bottom: 40, left: 12 }
const WORLD = [73, 18, 135, 53] as const

/** The map of a link inside another page: what is there and what is chosen, live, and nothing that could be changed. */
export default function EmbedView({ view, session }: { view: View; session: Session }) {
  const { t, lang } = useTexts()
  const { at, change, filters } = view
  const signedIn = session.state === 'signed-in'
  const { data, failed } = useEmbeddedWorkspace(session)
  const { layer, feature, place } = useSelected(view.selection, signedIn)
  const modules = useMemo(
    () => (signedIn ? MODULES : MODULES.filter((module) => session.publishedLayers.includes(module.layer))),
    [signedIn, session.publishedLayers],
  )
  const [map, setMap] = useState<MapHandle | null>(null)
  const tileJson = useCallback((wanted: LayerId) => filteredTileJsonUrl(wanted, filters[wanted]), [filters])
  const { onCamera } = useCameraLink(view, map, INSETS)
  const live = useLiveMap(signedIn ? data?.eventId : undefined, map)

  // A link without a camera opens on what it names.
  const [opensOn] = useState(view.camera ? undefined : at)
  useEffect(() => {
    if (map && feature?.geometry && opensOn && opensOn === at) map.fit(boxOf(feature.geometry))
  }, [map, feature, opensOn, at])
  useScrollAfterFocus(map)

  if (!signedIn && session.publishedLayers.length === 0)
    return (
      <main className="gw-shell gw-embed">
        <p className="gw-opening" role="status">
          {t('embedding.closed')}{' '}
          <a href={fullAddress(location.href)} target="_blank" rel="noopener" data-testid="embed-open">
            {t('embedding.signIn')}
          </a>
        </p>
      </main>
    )
  if (!data || data.empty)
    return (
      <main className="gw-shell gw-embed">
        <p className="gw-opening" role="status">
          {data ? t('embedding.nothing') : failed ? t('error.offline') : t('map.loading')}
        </p>
      </main>
    )
  const chosen = feature
    ? String(feature.properties.name || place?.name || feature.properties.code || '')
    : undefined
  return (
    <div className="gw-shell gw-embed">
      <header className="gw-embed-head">
        <h1 data-testid="embed-title">
          {chosen || data.name || t('embedding.title')}
          {layer && feature && <small>{LAYERS[layer].noun[lang]}</small>}
        </h1>
        {data.demo && <b className="gw-demo">{t('app.demo')}</b>}
        {signedIn && <Freshness state={live.state} dataTime={data.dataTime} />}
        <a href={fullAddress(location.href)} target="_blank" rel="noopener" data-testid="embed-open">
          {t(signedIn ? 'embedding.open' : 'embedding.signIn')}{' '}
          <IconExternalLink size={14} aria-hidden="true" />
        </a>
      </header>
      <main className="gw-stage" id="map" tabIndex={-1}>
        <Suspense fallback={<p className="gw-opening">{t('map.loading')}</p>}>
          <MapView
            modules={modules}
            scheme={view.scheme}
            visible={view.visible}
            density={view.density ? 'hazards' : undefined}
            selection={feature ?? null}
            camera={view.camera}
            box={data.bbox ?? [...WORLD]}
            insets={INSETS}
            basemap={data.basemap}
            tileJson={tileJson}
            areas={areasOf(filters)}
            label={t('map.label')}
            onReady={setMap}
            onCamera={onCamera}
            onPick={(picked) =>
              change(
                {
                  at: picked
                    ? ((signedIn ? picked.code : undefined) ?? `${picked.layer}/${picked.id}`)
                    : undefined,
                },
                'replace',
              )
            }
            onDrill={() => map?.zoomBy(1)}
          />
        </Suspense>
      </main>
      {map && (
        <ActionIcon.Group orientation="vertical" className="gw-embed-zoom">
          <ActionIcon variant="default" size={32} aria-label={t('map.zoomIn')} onClick={() => map.zoomBy(1)}>
            <IconPlus size={16} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={32}
            aria-label={t('map.zoomOut')}
            onClick={() => map.zoomBy(-1)}
          >
            <IconMinus size={16} />
          </ActionIcon>
        </ActionIcon.Group>
      )}
      <MapFooter workspace={data} />
    </div>
  )
}

/** Scrolling the page around must not zoom the map: the wheel is the map's only once someone has clicked into it. */
function useScrollAfterFocus(map: MapHandle | null): void {
  useEffect(() => {
    if (!map) return
    const { scrollZoom } = map.map
    const canvas = map.map.getCanvas()
    const enable = () => scrollZoom.enable()
    const disable = () => scrollZoom.disable()
    disable()
    canvas.addEventListener('focus', enable)
    canvas.addEventListener('blur', disable)
    return () => {
      canvas.removeEventListener('focus', enable)
      canvas.removeEventListener('blur', disable)
    }
  }, [map])
}
