import { Kbd, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import { Freshness } from '../live/freshness.tsx'
import type { LiveState } from '../live/use-live.ts'
import { useTexts } from '../ui/i18n.ts'
import { LooksButtons } from '../ui/looks-buttons.tsx'
import { useAreaName } from '../ui/session.ts'
import { tip } from '../ui/tip.ts'
import { Breadcrumb, type Crumb } from './breadcrumb.tsx'
import { shownKeys } from './commands.ts'
import { looksOf, type View } from './use-view.ts'
import { enterWork } from './works.ts'

const AccountMenu = lazy(() => import('../access/account-menu.tsx'))

interface TopBarProps {
  view: View
  session: Session
  workspace: Workspace | undefined
  live: LiveState
  crumbs: Crumb[]
  onCrumb(at: string | undefined): void
}

export function TopBar({ view, session, workspace, live, crumbs, onCrumb }: TopBarProps) {
  const { t } = useTexts()
  return (
    <header className="gw-top">
      <a className="gw-skip" href="#map">
        {t('app.skip')}
      </a>
      <img className="gw-logo" src="/gridward.svg" alt="Gridward" width="26" height="26" />
      <Breadcrumb area={useAreaName(workspace?.name)} crumbs={crumbs} onCrumb={onCrumb} />
      {workspace?.demo && (
        <span className="gw-demo" data-testid="demo-mark" {...tip(t('app.demoHint'), 'below')}>
          {t('app.demo')}
        </span>
      )}
      {workspace && !workspace.empty && (
        <UnstyledButton className="gw-search" onClick={spotlight.open} data-testid="search">
          <IconSearch size={16} aria-hidden="true" />
          <span>{t('top.search')}</span>
          <Kbd size="xs" aria-hidden="true">
            {shownKeys('mod+k').join(' ')}
          </Kbd>
        </UnstyledButton>
      )}
      <div className="gw-top-end">
        {workspace && !workspace.empty && <Freshness state={live} dataTime={workspace.dataTime} />}
        <LooksButtons {...looksOf(view)} />
        <Suspense fallback={<span className="gw-account-place" />}>
          <AccountMenu
            session={session}
            onSection={(ask) => view.change({ ...enterWork('settings', view.search), ask })}
          />
        </Suspense>
      </div>
    </header>
  )
}
