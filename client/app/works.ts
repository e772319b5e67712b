import {
  type Icon,
  IconAlertTriangle,
  IconArrowsExchange,
  IconChartBar,
  IconChartGridDots,
  IconChecklist,
  IconMap2,
  IconRoute,
  IconSettings,
} from '@tabler/icons-react'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Permission } from '../../geodata/access/permissions.ts'
import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { HAZARD_STATES } from '../../geodata/hazards/hazard.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { MapPartProps, WorkPanelProps } from '../map/work-panel.ts'
import { usePermissions } from '../ui/session.ts'
import { type ViewSearch, type Work, writeLayers } from './view-state.ts'

export interface WorkDefinition {
  id: Work
  icon: Icon
  /** Any of them opens it; left out: for everyone who may see the map. */
  needs?: readonly Permission[]
  /** Pressed after `g`. */
  key: string
  /** What the right-hand panel says while nothing is selected; the map's says what the area holds. */
  Panel?: LazyExoticComponent<ComponentType<WorkPanelProps>>
  /** What it draws on the map for as long as it is open, or the tool `drawnBy`. */
  MapPart?: LazyExoticComponent<ComponentType<MapPartProps>>
  drawnBy?: string
  /** What the view becomes on entering: which layers are shown, which list is open. Left out: as it was. */
  preset?: Pick<ViewSearch, 'layers' | 'left' | 'list' | 'sort'>
}

const GROUND: LayerId[] = ['communities', 'grids', 'micro-grids', 'buildings', 'landcover', 'roads']

/** One frame, one purpose each. i18n keys `work.<id>` name them. In the order of the rail. */
export const WORK_DEFINITIONS: readonly WorkDefinition[] = [
  {
    id: 'map',
    icon: IconMap2,
    key: 'm',
    preset: { layers: undefined, left: undefined, list: undefined, sort: undefined },
  },
  {
    id: 'patrols',
    icon: IconRoute,
    key: 'p',
    Panel: lazy(() => import('../patrols/planning/plan-panel.tsx')),
    MapPart: lazy(() => import('../patrols/planning/plan-on-map.tsx')),
    drawnBy: 'round',
    // The sites are on the map by what is due.
    preset: { layers: writeLayers(GROUND), left: 'rounds', list: 'checkpoints', sort: '-risk' },
  },
  {
    id: 'coverage',
    icon: IconChartGridDots,
    key: 'c',
    Panel: lazy(() => import('../coverage/coverage-panel.tsx')),
    MapPart: lazy(() => import('../coverage/parts-on-map.tsx')),
    preset: {
      layers: writeLayers([...GROUND, 'facilities']),
      left: 'questions',
      list: 'facilities',
      sort: 'kind',
    },
  },
  {
    id: 'hazards',
    icon: IconAlertTriangle,
    key: 'h',
    Panel: lazy(() => import('./hazards-panel.tsx')),
    preset: { layers: writeLayers([...GROUND, 'hazards']), left: 'list', list: 'hazards', sort: 'dueAt' },
  },
  {
    id: 'figures',
    icon: IconChartBar,
    key: 'f',
    Panel: lazy(() => import('../figures/figures-panel.tsx')),
    MapPart: lazy(() => import('../figures/figures-on-map.tsx')),
    preset: { layers: writeLayers(GROUND), left: undefined, list: undefined, sort: undefined },
  },
  {
    id: 'campaigns',
    icon: IconChecklist,
    key: 'z',
    Panel: lazy(() => import('../campaigns/campaigns-panel.tsx')),
    MapPart: lazy(() => import('../campaigns/campaigns-on-map.tsx')),
    preset: { layers: writeLayers(GROUND), left: 'filters', list: 'buildings', sort: undefined },
  },
  {
    id: 'exchange',
    needs: ['import', 'export'],
    icon: IconArrowsExchange,
    key: 'e',
    Panel: lazy(() => import('../exchange/exchange-panel.tsx')),
  },
  {
    id: 'settings',
    icon: IconSettings,
    key: 's',
    Panel: lazy(() => import('../settings/settings-panel.tsx')),
  },
]

/** The workspaces of whoever is signed in. */
export function useWorks(): readonly WorkDefinition[] {
  const may = usePermissions()
  return WORK_DEFINITIONS.filter(({ needs }) => needs === undefined || needs.some(may))
}

export const workOf = (id: Work, works = WORK_DEFINITIONS): WorkDefinition =>
  works.find((work) => work.id === id) ?? WORK_DEFINITIONS[0]!

const OPEN_HAZARDS = `state:${HAZARD_STATES.filter((state) => !ENDED_STATES.includes(state)).join(',')}`

/**
 * What changes in the URL on entering a workspace from a view; the selection gives way to what the workspace says. The
 * hazards come narrowed to the open ones, unless someone has narrowed them already, and are let go on leaving.
 */
export function enterWork(id: Work, from: ViewSearch): ViewSearch {
  const { preset } = workOf(id)
  const filter = from['f-hazards']
  const hazards = id === 'hazards' ? (filter ?? OPEN_HAZARDS) : filter === OPEN_HAZARDS ? undefined : filter
  return {
    work: id === 'map' ? undefined : id,
    ask: undefined,
    tab: undefined,
    at: undefined,
    ...preset,
    'f-hazards': hazards,
  }
}
