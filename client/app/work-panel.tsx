import { type ReactNode, Suspense } from 'react'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { useTexts } from '../ui/i18n.ts'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import type { WorkDefinition } from './works.ts'

interface WorkPanelFrameProps extends WorkPanelProps {
  work: WorkDefinition
  foldButton: ReactNode
}

/** The right-hand panel while nothing is selected: what the workspace says. */
export function WorkPanel({ work, foldButton, ...props }: WorkPanelFrameProps) {
  const { t } = useTexts()
  const { Panel } = work
  if (!Panel) return null
  return (
    <section className="gw-panel gw-panel-right" aria-label={t(`work.${work.id}`)} data-testid="work-panel">
      <header className="gw-panel-head">
        <h2 className="gw-area-name">{t(`work.${work.id}`)}</h2>
        {foldButton}
      </header>
      <div className="gw-panel-body">
        <Suspense fallback={<PanelSkeleton />}>
          <Panel {...props} />
        </Suspense>
      </div>
    </section>
  )
}
