import { Suspense } from 'react'
import { WorkLists } from '../cases/lists/work-lists.tsx'
import { useOwedList } from '../dispatch/owed/use-owed-list.tsx'
import HazardFigures from '../hazards/hazard-figures.tsx'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'

/** The hazards workspace: what is overdue and where, then what there is to do. `ask=` is the level of cells, then the list. */
export default function HazardsPanel(props: WorkPanelProps) {
  const [level, list] = (props.ask ?? '').split(',')
  const ask = (nextLevel: string | undefined, nextList: string | undefined) =>
    props.setAsk(nextList ? `${nextLevel ?? ''},${nextList}` : nextLevel || undefined)
  const open = (id: number) => props.select(`hazards/${id}`, 'case')
  const owed = useOwedList(open)
  return (
    <Suspense fallback={<PanelSkeleton />}>
      <HazardFigures {...props} ask={level} setAsk={(next) => ask(next, list)}>
        <WorkLists shown={list} onShow={(next) => ask(level, next)} onOpen={open} more={owed ? [owed] : []} />
      </HazardFigures>
    </Suspense>
  )
}
