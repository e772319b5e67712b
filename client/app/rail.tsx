import { UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftExpand, IconLayoutSidebarRightExpand } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTexts } from '../ui/i18n.ts'
import { tip } from '../ui/tip.ts'
import type { Work } from './view-state.ts'
import { useWorks, type WorkDefinition } from './works.ts'

const MoreWorks = lazy(() => import('./more-works.tsx'))

interface RailProps {
  narrow: boolean
  work: Work
  layersOpen: boolean
  placeOpen: boolean
  onWork(work: Work): void
  onUnfold(panel: 'layers' | 'place'): void
}

/** On a phone a bar holds this many workspaces; the others are behind “more”. */
const ON_BAR = 4

/** The six workspaces; below them the way back to folded panels. On a phone a bar at the bottom. */
export function Rail({ narrow, work, layersOpen, placeOpen, onWork, onUnfold }: RailProps) {
  const { t } = useTexts()
  const icon = { size: 20, stroke: 1.6, 'aria-hidden': true } as const
  const works = useWorks()
  const shown = narrow ? barOrder(works).slice(0, ON_BAR) : works
  const rest = narrow ? barOrder(works).slice(ON_BAR) : []
  const unfold = (panel: 'layers' | 'place', sign: ReactNode) => {
    const label = t('panel.unfold', { panel: t(panel === 'layers' ? 'panel.left' : 'panel.place') })
    return (
      <UnstyledButton
        className="gw-rail-item"
        aria-label={label}
        onClick={() => onUnfold(panel)}
        {...tip(label, 'right')}
      >
        {sign}
      </UnstyledButton>
    )
  }
  return (
    <nav className="gw-rail" aria-label={t('work.label')} data-testid="rail">
      {shown.map(({ id, icon: Sign, key }) => (
        <UnstyledButton
          key={id}
          className="gw-rail-item"
          aria-label={t(`work.${id}`)}
          aria-current={id === work ? 'page' : undefined}
          onClick={() => onWork(id)}
          data-testid={`work-${id}`}
          {...(narrow ? {} : tip(`${t(`work.${id}`)}  G ${key.toUpperCase()}`, 'right'))}
        >
          <Sign {...icon} />
          <small>{t(`work.${id}`)}</small>
        </UnstyledButton>
      ))}
      {rest.length > 0 && (
        <Suspense>
          <MoreWorks works={rest} work={work} onWork={onWork} />
        </Suspense>
      )}
      {!narrow && (!layersOpen || !placeOpen) && (
        <div className="gw-rail-folded">
          {!layersOpen && unfold('layers', <IconLayoutSidebarLeftExpand {...icon} />)}
          {!placeOpen && unfold('place', <IconLayoutSidebarRightExpand {...icon} />)}
        </div>
      )}
    </nav>
  )
}

/** What is needed in the street comes first on a phone. */
const barOrder = (works: readonly WorkDefinition[]) =>
  [...works].sort(
    (a, b) =>
      Number(a.id === 'exchange' || a.id === 'settings') - Number(b.id === 'exchange' || b.id === 'settings'),
  )
