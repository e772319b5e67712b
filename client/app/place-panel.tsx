import { Alert, Button, SegmentedControl } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import { ApiError } from '../api/request.ts'
import { OpenHazards } from '../hazards/open-hazards.tsx'
import type { MapHandle } from '../map/map-handle.ts'
import { AreaPanel } from '../places/area-panel.tsx'
import { Inspector } from '../places/inspector.tsx'
import { useTexts } from '../ui/i18n.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { useAreaName, useOwnArea } from '../ui/session.ts'
import { tabsOf } from './inspector-tabs.ts'
import { FACTS } from './registry.ts'
import type { Selected } from './use-selected.ts'
import type { View } from './use-view.ts'

const GonePanel = lazy(() => import('../history/gone-panel.tsx'))

interface PlacePanelProps {
  view: View
  workspace: Workspace
  selected: Selected
  map: MapHandle | null
  foldButton: ReactNode
  onSelect(at: string | undefined): void
  onFit(): void
}

/** The right-hand panel: what is selected, else the whole area; a link to something that is gone says so. */
export default function PlacePanel(props: PlacePanelProps) {
  const { view, workspace, selected, map, onSelect, onFit } = props
  const texts = useTexts()
  const { t } = texts
  const { layer, feature, place, error, loading } = selected
  const limited = useOwnArea() !== undefined
  const areaName = useAreaName(workspace.name)
  const back = t('work.back', { work: t(`work.${view.work}`) })
  const foldButton = (
    <>
      {view.work !== 'map' && view.selection && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
          aria-label={back}
          onClick={() => view.change({ at: undefined })}
          data-testid="back-to-work"
        >
          {t(`work.${view.work}`)}
        </Button>
      )}
      {props.foldButton}
    </>
  )
  if (view.selection?.kind === 'feature' && error instanceof ApiError && error.status === 404)
    return (
      <Suspense>
        <GonePanel {...view.selection} map={map} foldButton={foldButton} onSelect={onSelect} />
      </Suspense>
    )
  if (view.selection && error)
    return (
      <section className="gw-panel gw-panel-right" aria-label={t('panel.place')}>
        <Alert color="orange" title={t('place.missing', { at: view.at })} role="alert">
          <ProblemText error={error} />
          {limited && error instanceof ApiError && error.status === 404 && (
            <p>{t('place.outside', { area: areaName })}</p>
          )}
          <Button size="xs" variant="default" onClick={() => onSelect(undefined)}>
            {t('place.showAll')}
          </Button>
        </Alert>
      </section>
    )
  if (!layer) {
    return (
      <AreaPanel
        workspace={workspace}
        onSelect={onSelect}
        foldButton={foldButton}
        more={<OpenHazards within={undefined} scheme={view.scheme} onSelect={onSelect} />}
      />
    )
  }
  const tabs = tabsOf(layer)
  const tab = feature && tabs.find(({ id }) => id === view.search.tab)
  return (
    <Inspector
      tabs={
        tabs.length > 0 && (
          <SegmentedControl
            className="gw-inspector-tabs"
            size="xs"
            fullWidth
            aria-label={t('inspector.label')}
            value={tab?.id ?? 'facts'}
            onChange={(next) => view.change({ tab: next === 'facts' ? undefined : next }, 'replace')}
            data={['facts', ...tabs.map(({ id }) => id)].map((id) => ({
              value: id,
              label: t(`inspector.${id}`),
            }))}
          />
        )
      }
      instead={
        tab && (
          <Suspense>
            <tab.Tab
              key={`${layer}/${feature.id}`}
              layer={layer}
              feature={feature}
              map={map}
              onSelect={onSelect}
              parts={tab.parts ?? []}
            />
          </Suspense>
        )
      }
      layer={layer}
      feature={feature}
      place={place}
      facts={feature ? FACTS[layer](feature, texts, new Date()) : []}
      loading={loading}
      onSelect={onSelect}
      onFit={onFit}
      foldButton={foldButton}
      more={
        place && <OpenHazards key={place.code} within={place.code} scheme={view.scheme} onSelect={onSelect} />
      }
    />
  )
}
