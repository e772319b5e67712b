import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import { filteredExportUrl } from '../api/lists.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { NARROW } from '../ui/narrow.ts'
import { filterKey } from './filters.ts'
import { PanelFrame } from './opening.tsx'
import type { Selected } from './use-selected.ts'
import { looksOf, type View } from './use-view.ts'
import { LEFT_PARTS, PART_OF_WORK } from './view-state.ts'
import { WorkPanel } from './work-panel.tsx'
import type { WorkDefinition } from './works.ts'

const PlacePanel = lazy(() => import('./place-panel.tsx'))

interface RightPanelProps {
  view: View
  work: WorkDefinition
  layersOpen: boolean
  workspace: Workspace
  selected: Selected
  map: MapHandle | null
  foldButton: ReactNode
  onSelect(at: string | undefined, tab?: string): void
  onFit(): void
}

/** What is selected; while nothing is, what the workspace says, or what the whole area holds. */
export function RightPanel({ view, work, layersOpen, workspace, selected, map, ...rest }: RightPanelProps) {
  const queries = useQueryClient()
  const { at, change, filters } = view
  const { foldButton, onSelect, onFit } = rest
  if (!work.Panel || at)
    return (
      <Suspense fallback={<PanelFrame side="right" />}>
        <PlacePanel
          view={view}
          workspace={workspace}
          selected={selected}
          foldButton={foldButton}
          map={map}
          onSelect={onSelect}
          onFit={onFit}
        />
      </Suspense>
    )
  return (
    <WorkPanel
      key={work.id}
      work={work}
      foldButton={foldButton}
      map={map}
      workspace={workspace}
      {...looksOf(view)}
      ask={view.search.ask}
      setAsk={(ask) => change({ ask }, 'replace')}
      select={onSelect}
      openList={(layer, filter, sort) =>
        change({
          list: layer,
          left: 'list',
          [filterKey(layer)]: filter,
          sort,
          // Whoever reads the right panel sees the list beside it.
          fold: layersOpen ? view.search.fold : undefined,
        })
      }
      openOwnPart={() =>
        change({
          left: LEFT_PARTS.find((part) => PART_OF_WORK[part] === work.id),
          // On a narrow window one panel stands over the map.
          fold: matchMedia(NARROW).matches ? 'place' : layersOpen ? view.search.fold : undefined,
        })
      }
      exportUrl={(layer) => filteredExportUrl(layer, filters[layer] ?? {})}
      filtered={(layer) => filters[layer] !== undefined}
      onImported={() => void queries.invalidateQueries()}
    />
  )
}
