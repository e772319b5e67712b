import { ActionIcon, Alert, Button, Loader } from '@mantine/core'
import { IconLayoutSidebarRight, IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { filteredTileJsonUrl } from '../api/lists.ts'
import { getCounts, getWorkspace } from '../api/places.ts'
import type { LiveEvent, SearchResult } from '../api/types.ts'
import { useLive } from '../live/use-live.ts'
import { boxOf } from '../map/box-of.ts'
import { parseCamera } from '../map/camera.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Crumb } from './breadcrumb.tsx'
import { FirstScreen } from './first-screen.tsx'
import { LayerPanel } from './layer-panel.tsx'
import { MapBoundary } from './map-boundary.tsx'
import { MapFooter } from './map-footer.tsx'
import { MapTools } from './map-tools.tsx'
import { PlacePanel } from './place-panel.tsx'
import { Rail } from './rail.tsx'
import { MODULES } from './registry.ts'
import { ToolHost } from './tool-host.tsx'
import { TopBar } from './top-bar.tsx'
import { useCameraLink } from './use-camera-link.ts'
import { useCommands } from './use-commands.ts'
import { useDrill } from './use-drill.ts'
import { useKeys } from './use-keys.ts'
import { useLayout } from './use-layout.ts'
import { useSelected } from './use-selected.ts'
import type { View } from './use-view.ts'

const MapView = lazy(() => import('../map/map-view.tsx'))
const CommandPalette = lazy(() => import('./command-palette.tsx'))
const Toasts = lazy(() => import('./toasts.tsx'))
const ImportDialog = lazy(() => import('../exchange/import-dialog.tsx'))

export function Workspace({ view }: { view: View }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: getWorkspace, refetchInterval: 60_000 })
  const selected = useSelected(view.selection)
  const [map, setMap] = useState<MapHandle | null>(null)
  const [importing, setImporting] = useState<{ file: File | undefined }>()
  const wantsFit = useRef(view.camera ? undefined : view.at)
  const { change, at, filters } = view
  const tileJson = useCallback((layer: LayerId) => filteredTileJsonUrl(layer, filters[layer]), [filters])

  const layersOpen = !view.folded.has('layers')
  const placeOpen = !view.folded.has('place')
  const { narrow, insets } = useLayout(layersOpen, placeOpen)
  const fold = useCallback(
    (panel: 'layers' | 'place', folded: boolean) => {
      const next = new Set(view.folded)
      if (folded) next.add(panel)
      else next.delete(panel)
      change({ fold: [...next].sort().join(',') || undefined }, 'replace')
    },
    [view.folded, change],
  )

  const live = useLive(
    workspace.data?.eventId,
    useCallback(
      (event: LiveEvent) => {
        for (const { layer } of MODULES)
          if (!event.layer || event.layer === layer)
            map?.refresh(layer, event.kind === 'put' || event.kind === 'delete' ? event.box : undefined)
      },
      [map],
    ),
  )

  const select = useCallback(
    (next: string | undefined) => {
      wantsFit.current = next
      change({ at: next })
      if (next === undefined && workspace.data?.bbox) map?.fit(workspace.data.bbox)
    },
    [change, map, workspace.data],
  )

  // The camera follows a choice once it is known where it lies; a link's own camera is left alone.
  const { place, feature } = selected
  const target = useMemo(() => {
    if (feature?.geometry) return boxOf(feature.geometry)
    return place?.bbox
  }, [feature, place])
  useEffect(() => {
    if (!map || !target || wantsFit.current === undefined || wantsFit.current !== at) return
    wantsFit.current = undefined
    map.fit(target, selected.layer === 'buildings' ? 17.5 : 18)
  }, [map, target, at, selected.layer])

  const { box, onCamera } = useCameraLink(view, map, insets)
  const counts = useQuery({
    queryKey: ['counts', box],
    queryFn: ({ signal }) => getCounts(box!, signal),
    enabled: box !== undefined,
    placeholderData: keepPreviousData,
  })

  const crumbs: Crumb[] = place
    ? [...place.ancestors, place].map((step) => ({ at: step.code, name: step.name || step.code }))
    : []
  const ownCode = place && selected.layer === place.layer ? place.code : undefined
  const parent = ownCode ? place?.ancestors.at(-1)?.code : place?.code
  const up = useCallback(() => {
    if (at) select(parent)
  }, [at, parent, select])

  const { drill, pick } = useDrill(view, map, select)
  const overview = useCallback(() => {
    if (workspace.data?.bbox) map?.fit(workspace.data.bbox)
  }, [map, workspace.data])
  const openImport = useCallback((file?: File) => setImporting({ file }), [])

  useKeys({ up, enter: useCallback(() => map && void drill(map.visibleCentre()), [map, drill]) })
  const commands = useCommands({ view, overview, up, openImport })
  const onResult = (result: SearchResult) => select(result.code ?? `${result.layer}/${result.id}`)

  const dialog = importing && (
    <Suspense>
      <ImportDialog
        opened
        file={importing.file}
        onClose={() => setImporting(undefined)}
        onImported={() => void queries.invalidateQueries()}
      />
    </Suspense>
  )
  const data = workspace.data
  const top = <TopBar view={view} workspace={data} live={live} crumbs={crumbs} onCrumb={select} />
  if (workspace.isError && !data)
    return (
      <div className="gw-shell">
        {top}
        <Alert className="gw-fail" color="orange" title={t('error.title')} role="alert">
          <p>{t('error.offline')}</p>
          <Button onClick={() => void workspace.refetch()}>{t('error.retry')}</Button>
        </Alert>
      </div>
    )
  if (!data) return <div className="gw-shell">{top}</div>
  if (data.empty)
    return (
      <div className="gw-shell">
        {top}
        <FirstScreen onFile={openImport} />
        {dialog}
      </div>
    )

  const foldButton = (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={28}
      aria-label={t('panel.fold')}
      onClick={() => fold('place', true)}
    >
      {narrow ? <IconX size={18} /> : <IconLayoutSidebarRight size={18} />}
    </ActionIcon>
  )
  const showLayers = layersOpen && !(narrow && placeOpen)
  return (
    <div className="gw-shell" data-narrow={narrow || undefined}>
      {top}
      <Rail
        narrow={narrow}
        layersOpen={layersOpen}
        placeOpen={placeOpen}
        onMap={() => map?.focus()}
        onFold={fold}
        onShow={(folded) => change({ fold: folded }, 'replace')}
      />
      <main className="gw-stage" id="map" tabIndex={-1}>
        <MapBoundary
          instead={
            <p className="gw-opening" role="alert">
              {t('map.noWebgl')}
            </p>
          }
        >
          <Suspense
            fallback={
              <div className="gw-opening">
                <Loader size="sm" /> {t('map.loading')}
              </div>
            }
          >
            <MapView
              modules={MODULES}
              scheme={view.scheme}
              visible={view.visible}
              density={view.density ? 'hazards' : undefined}
              selection={feature ?? null}
              camera={view.camera}
              box={data.bbox ?? [73, 18, 135, 53]}
              insets={insets}
              basemap={data.basemap}
              tileJson={tileJson}
              label={t('map.label')}
              onReady={setMap}
              onCamera={onCamera}
              onPick={pick}
              onDrill={(lngLat) => void drill(lngLat)}
            />
          </Suspense>
        </MapBoundary>
      </main>
      {showLayers && (
        <LayerPanel
          view={view}
          counts={counts.data}
          counting={counts.isFetching && counts.data === undefined}
          within={place && { code: place.code, name: place.name || place.code }}
          zoom={parseCamera(view.camera)?.zoom}
          visibleBox={() => map?.visibleBox()}
          onFold={() => fold('layers', true)}
          onImport={() => openImport()}
        />
      )}
      {placeOpen && (
        <PlacePanel
          view={view}
          workspace={data}
          selected={selected}
          foldButton={foldButton}
          map={map}
          onSelect={select}
          onFit={() => target && map?.fit(target)}
        />
      )}
      <MapTools map={map} view={view} onOverview={overview} />
      <ToolHost view={view} map={map} workspace={data} selected={selected} onSelect={select} />
      <MapFooter workspace={data} />
      <Suspense>
        <Toasts />
        <CommandPalette commands={commands} onResult={onResult} />
      </Suspense>
      {dialog}
    </div>
  )
}
