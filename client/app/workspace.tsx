import { ActionIcon } from '@mantine/core'
import { IconLayoutSidebarRight, IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { type CSSProperties, lazy, Suspense, useCallback, useMemo, useState } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import type { SearchResult } from '../../geodata/search/search.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { filteredTileJsonUrl } from '../api/lists.ts'
import { getCounts, getWorkspace } from '../api/places.ts'
import { parseCamera } from '../map/camera.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { useTexts } from '../ui/i18n.ts'
import { sectionOf } from '../ui/sections/sections.ts'
import { ConnectionBand } from './connection-band.tsx'
import { areasOf } from './filters.ts'
import { MapFooter } from './map-footer.tsx'
import { MapTools } from './map-tools.tsx'
import { Opening, PanelFrame } from './opening.tsx'
import { PanelEdge } from './panel-edge.tsx'
import { Rail } from './rail.tsx'
import { FACTS, LEGENDS, MODULES } from './registry.ts'
import { RightPanel } from './right-panel.tsx'
import { SheetSize } from './sheet-size.tsx'
import { SheetTabs } from './sheet-tabs.tsx'
import { Stage } from './stage.tsx'
import { ToolHost } from './tool-host.tsx'
import { useTools } from './tools.ts'
import { TopBar } from './top-bar.tsx'
import { useCameraLink } from './use-camera-link.ts'
import { useChoice } from './use-choice.ts'
import { useDrill } from './use-drill.ts'
import { useLastCell } from './use-last-cell.ts'
import { useLayout } from './use-layout.ts'
import { useLiveMap } from './use-live-map.ts'
import { useSelected } from './use-selected.ts'
import { useTrail } from './use-trail.ts'
import type { View } from './use-view.ts'
import { enterWork, useWorks, workOf } from './works.ts'

const CommandCenter = lazy(() => import('./command-center.tsx'))
const LeftPanel = lazy(() => import('./left-panel.tsx'))
const FirstScreen = lazy(() => import('./first-screen.tsx'))
const SettingsPages = lazy(() => import('./settings-pages.tsx'))
const Readout = lazy(() => import('../measuring/readout.tsx'))
const RoutesOnMap = lazy(() => import('../patrols/routes/routes-on-map.tsx'))
const Toasts = lazy(() => import('./toasts.tsx'))
const ImportDialog = lazy(() => import('../exchange/import-dialog.tsx'))

export function Workspace({ view, session }: { view: View; session: Session }) {
  const { t } = useTexts()
  const tools = useTools()
  const works = useWorks()
  const queries = useQueryClient()
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: getWorkspace, refetchInterval: 60_000 })
  const selected = useSelected(view.selection)
  const [map, setMap] = useState<MapHandle | null>(null)
  const [importing, setImporting] = useState<{ file: File | undefined }>()
  const { change, at, filters } = view
  // The past is shown in place of the present, never over it.
  const replaying = view.search.tool === 'replay'
  const shown = useMemo(
    () => (replaying ? new Set([...view.visible].filter((layer) => layer !== 'hazards')) : view.visible),
    [replaying, view.visible],
  )
  const tileJson = useCallback((layer: LayerId) => filteredTileJsonUrl(layer, filters[layer]), [filters])

  // The editor stands where the left panel does.
  const layersOpen =
    !view.folded.has('layers') || (view.search.tool === 'edit' && tools.some(({ id }) => id === 'edit'))
  const placeOpen = !view.folded.has('place')
  const { narrow, insets, unit, widths, sheet } = useLayout(layersOpen, placeOpen)
  const fold = useCallback(
    (panel: 'layers' | 'place', folded: boolean) => {
      const next = new Set(view.folded)
      if (folded) next.add(panel)
      else next.delete(panel)
      change({ fold: [...next].sort().join(',') || undefined }, 'replace')
    },
    [view.folded, change],
  )

  const live = useLiveMap(workspace.data?.eventId, map)

  const { select, fit } = useChoice(view, map, selected, workspace.data?.bbox ?? undefined)
  const { place, feature } = selected

  const { box, onCamera } = useCameraLink(view, map, insets)
  const counts = useQuery({
    queryKey: ['counts', box],
    queryFn: ({ signal }) => getCounts(box!, signal),
    enabled: box !== undefined,
    placeholderData: keepPreviousData,
  })

  const { crumbs, parent } = useTrail(selected)
  const up = useCallback(() => {
    if (at) select(parent)
  }, [at, parent, select])

  const cell = useLastCell(place)
  const section =
    view.work === 'settings' && !at ? sectionOf(view.search.ask, session.permissions) : undefined

  const { drill, pick } = useDrill(view, map, select)
  const overview = useCallback(() => {
    if (workspace.data?.bbox) map?.fit(workspace.data.bbox)
  }, [map, workspace.data])
  const openImport = useCallback((file?: File) => setImporting({ file }), [])

  const down = useCallback(() => map && void drill(map.visibleCentre()), [map, drill])
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
  const top = (
    <>
      <TopBar
        view={view}
        session={session}
        workspace={data}
        live={live.state}
        crumbs={crumbs}
        onCrumb={select}
      />
      <ConnectionBand live={live.state} onRetry={live.retry} />
    </>
  )
  if (!data)
    return (
      <div className="gw-shell">
        {top}
        <Opening
          error={workspace.isError ? workspace.error : null}
          onRetry={() => void workspace.refetch()}
        />
      </div>
    )
  // Whoever was led to a place, to draw there, sees the map although nothing is on it yet.
  if (data.empty && !view.camera)
    return (
      <div className="gw-shell">
        {top}
        <Suspense>
          <FirstScreen
            onFile={openImport}
            onDraw={(camera) => change({ map: camera, tool: 'edit', with: undefined, fold: 'place' })}
          />
        </Suspense>
        {dialog}
      </div>
    )

  const within = place && { code: place.code, name: place.name || place.code }
  const foldButton = (
    <>
      {narrow && <SheetSize />}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t('panel.fold')}
        onClick={() => (narrow ? change({ fold: 'layers,place' }, 'replace') : fold('place', true))}
      >
        {narrow ? <IconX size={18} /> : <IconLayoutSidebarRight size={18} />}
      </ActionIcon>
    </>
  )
  const showLayers = layersOpen && !(narrow && placeOpen)
  const work = workOf(view.work, works)
  const style = {
    ...(showLayers && !narrow ? { '--layers': `${widths.layers / 16}rem` } : {}),
    ...(placeOpen && !narrow ? { '--place': `${widths.place / 16}rem` } : {}),
    ...(narrow ? { '--sheet': `${insets.bottom}px` } : {}),
  } as CSSProperties
  return (
    <div className="gw-shell" data-narrow={narrow || undefined} data-sheet={sheet} style={style}>
      {top}
      <Rail
        narrow={narrow}
        work={work.id}
        layersOpen={layersOpen}
        placeOpen={placeOpen}
        onWork={(id) => change({ ...enterWork(id, view.search), ...(narrow ? { fold: 'layers' } : {}) })}
        onUnfold={(panel) => fold(panel, false)}
      />
      {showLayers && (
        <Suspense fallback={<PanelFrame side="left" />}>
          <LeftPanel
            view={view}
            narrow={narrow}
            lists={{
              view,
              map,
              workspace: data,
              registry: REGISTRY,
              box,
              selected: selected.layer && feature ? { layer: selected.layer, id: feature.id } : undefined,
              within,
              onSelect: select,
              onEdit: tools.some(({ id }) => id === 'edit')
                ? () => change({ tool: 'edit', with: 'multi' }, 'replace')
                : undefined,
            }}
            counts={counts.data}
            counting={counts.isFetching && counts.data === undefined}
            within={within}
            zoom={parseCamera(view.camera)?.zoom}
            visibleBox={() => map?.visibleBox()}
            onFold={() => (narrow ? change({ fold: 'layers,place' }, 'replace') : fold('layers', true))}
            onImport={() => openImport()}
          />
        </Suspense>
      )}
      {showLayers && !narrow && (
        <PanelEdge side="layers" width={widths.layers} unit={unit} onFold={() => fold('layers', true)} />
      )}
      <Stage
        scheme={view.scheme}
        visible={shown}
        density={view.density && !replaying ? 'hazards' : undefined}
        selection={feature ?? null}
        camera={view.camera}
        box={data.bbox ?? [73, 18, 135, 53]}
        insets={insets}
        basemap={data.basemap}
        tileJson={tileJson}
        areas={areasOf(filters)}
        onReady={setMap}
        onCamera={onCamera}
        onPick={pick}
        onDrill={(lngLat) => void drill(lngLat)}
      />
      {view.routes && map && (
        <Suspense>
          <RoutesOnMap map={map} scheme={view.scheme} />
        </Suspense>
      )}
      <MapTools map={map} view={view} onOverview={overview} />
      {narrow && (
        <SheetTabs
          work={work.id}
          shown={placeOpen ? 'place' : layersOpen ? 'layers' : undefined}
          onShow={(sheet) =>
            change(
              { fold: sheet === 'place' ? 'layers' : sheet === 'layers' ? 'place' : 'layers,place' },
              'replace',
            )
          }
        />
      )}
      <ToolHost view={view} map={map} workspace={data} selected={selected} onSelect={select} />
      {placeOpen && !narrow && (
        <PanelEdge side="place" width={widths.place} unit={unit} onFold={() => fold('place', true)} />
      )}
      {placeOpen && (
        <RightPanel
          view={view}
          work={work}
          layersOpen={layersOpen}
          workspace={data}
          selected={selected}
          map={map}
          foldButton={foldButton}
          onSelect={select}
          onFit={fit}
        />
      )}
      {section && (
        <Suspense>
          <SettingsPages
            session={session}
            section={section}
            cell={cell}
            onSection={(ask) => change({ ask })}
            onSelect={(next) => {
              change(enterWork('map', view.search))
              select(next)
            }}
          />
        </Suspense>
      )}
      <MapFooter workspace={data} />
      <Suspense>{map && <Readout map={map} />}</Suspense>
      <Suspense>
        <Toasts />
        <CommandCenter
          view={view}
          map={map}
          overview={overview}
          up={up}
          down={down}
          openImport={openImport}
          onResult={onResult}
        />
      </Suspense>
      {dialog}
    </div>
  )
}

const REGISTRY = { modules: MODULES, legends: LEGENDS, facts: FACTS }
