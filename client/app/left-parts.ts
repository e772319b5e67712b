import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { ListsProps } from '../lists/props.ts'
import type { LeftPart } from './view-state.ts'

type Part = LazyExoticComponent<ComponentType<ListsProps>>

/** What stands behind the tabs of the left-hand panel besides the layers. */
export const LEFT_PARTS_SHOWN: Record<LeftPart, Part> = {
  filters: lazy(() => import('../lists/filter-panel.tsx')),
  list: lazy(() => import('../lists/list-panel.tsx')),
  questions: lazy(() => import('../coverage/questions-panel.tsx')),
  rounds: lazy(() => import('../patrols/planning/rounds-panel.tsx')),
}

/** Stands in the head of the left-hand panel. */
export const ViewsMenu: Part = lazy(() => import('../lists/saved-views.tsx'))
