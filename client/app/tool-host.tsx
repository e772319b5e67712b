import { Alert, Button } from '@mantine/core'
import { Suspense, useCallback, useRef } from 'react'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { Boundary } from '../ui/boundary.tsx'
import { useTexts } from '../ui/i18n.ts'
import { LAYER_GROUPS, LEGENDS, MODULES } from './registry.ts'
import { useTools } from './tools.ts'
import type { Selected } from './use-selected.ts'
import { useToolState, type View } from './use-view.ts'
import { WORK_DEFINITIONS } from './works.ts'

const legends = LAYER_GROUPS.flatMap((group) =>
  group.layers.map((layer) => ({
    layer,
    legend: LEGENDS[layer],
    fromZoom: MODULES.find((module) => module.layer === layer)?.fromZoom ?? 0,
  })),
)

interface ToolHostProps {
  view: View
  map: MapHandle | null
  workspace: Workspace
  selected: Selected
  onSelect(at: string | undefined, tab?: string): void
}

/** Mounts the one tool that the URL names, and what the workspace draws on the map. */
export function ToolHost({ view, map, workspace, selected, onSelect }: ToolHostProps) {
  const { search, change } = view
  const said = useTexts()
  const tools = useTools()
  const state = useToolState()
  const texts = useRef(said)
  texts.current = said
  const { filters, visible, lang } = view
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language says it anew
  const filterWords = useCallback(async () => {
    const lists = await import('../lists/filter-words.ts')
    return lists.filterWords(filters, visible, texts.current)
  }, [filters, visible, lang])
  const tool = tools.find(({ id }) => id === search.tool)
  if (!map) return null
  const parts = (
    <Suspense>
      {WORK_DEFINITIONS.map(
        ({ id, MapPart, drawnBy }) =>
          MapPart &&
          (view.work === id || (tool !== undefined && tool.id === drawnBy)) && (
            <MapPart
              key={id}
              map={map}
              scheme={view.scheme}
              drawing={tool !== undefined}
              ask={search.ask}
              select={onSelect}
            />
          ),
      )}
    </Suspense>
  )
  if (!tool) return parts
  const { layer, feature } = selected
  const close = () => change({ tool: undefined, with: undefined }, 'replace')
  const failed = (
    <Alert className="gw-fail" color="orange" title={said.t('error.title')} role="alert">
      <p>{said.t('error.page')}</p>
      <Button.Group>
        <Button onClick={() => location.reload()}>{said.t('error.reload')}</Button>
        <Button variant="default" onClick={close}>
          {said.t('error.close')}
        </Button>
      </Button.Group>
    </Alert>
  )
  return (
    <>
      {parts}
      <Boundary key={tool.id} instead={failed}>
        <Suspense>
          <tool.Panel
            map={map}
            workspace={workspace}
            scheme={view.scheme}
            lang={view.lang}
            visible={view.visible}
            legends={legends}
            filterWords={filterWords}
            selected={layer && feature ? { layer, feature } : undefined}
            state={state}
            setState={(next) => change({ with: next }, 'replace')}
            select={onSelect}
            close={close}
          />
        </Suspense>
      </Boundary>
    </>
  )
}
