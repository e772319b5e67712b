import './campaigns.css'
import { UnstyledButton } from '@mantine/core'
import { useEffect } from 'react'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { keepFocus } from '../ui/keep-focus.ts'
import { AlarmsPart } from './alarms/alarms-part.tsx'
import { CampaignForm } from './campaign-form.tsx'
import { CampaignList } from './campaign-list.tsx'
import { CampaignView } from './campaign-view.tsx'
import { readAsk, SECTIONS, sectionOf } from './campaigns-ask.ts'
import { ChecklistsPart } from './checklists/checklists-part.tsx'
import { PremisesList } from './premises/premises-list.tsx'
import { PremisesView } from './premises/premises-view.tsx'
import { texts } from './texts.ts'
import { useKeptScroll } from './use-kept.ts'
import { VisitView } from './visits/visit-view.tsx'
import { GroupList } from './watch/group-list.tsx'
import { GroupView } from './watch/group-view.tsx'

addTexts(texts)

/** The workspace of campaigns and of the registers that go with them. */
export default function CampaignsPanel(props: WorkPanelProps) {
  const { t } = useTexts()
  const { ask, setAsk } = props
  const asked = readAsk(ask)
  const section = sectionOf(asked)
  const root = useKeptScroll(ask?.split('?')[0] ?? '')
  useEffect(() => keepFocus(root.current), [root])
  return (
    <div className="gw-campaigns" ref={root}>
      <nav className="gw-campaign-parts" aria-label={t('campaigns.parts.label')}>
        {SECTIONS.map((part) => (
          <UnstyledButton
            key={part}
            aria-current={part === section ? 'page' : undefined}
            onClick={() => setAsk(part === 'campaigns' ? undefined : part)}
            data-testid={`campaigns-${part}`}
          >
            {t(`campaigns.parts.${part}`)}
          </UnstyledButton>
        ))}
      </nav>
      <Part {...props} />
    </div>
  )
}

function Part(props: WorkPanelProps) {
  const { t } = useTexts()
  const { ask, setAsk, select } = props
  const asked = readAsk(ask)
  switch (asked.what) {
    case 'campaigns':
      return <CampaignList setAsk={setAsk} />
    case 'new':
      return <CampaignForm {...props} />
    case 'campaign':
      return <CampaignView key={asked.id} id={asked.id} choice={asked.choice} {...props} />
    case 'target':
      return (
        <VisitView
          key={asked.target}
          campaignId={asked.id}
          targetId={asked.target}
          choice={asked.choice}
          {...props}
        />
      )
    case 'premises':
      return <PremisesList setAsk={setAsk} />
    case 'one-premises':
      return (
        <PremisesView
          key={asked.id}
          id={asked.id}
          backLabel={t('premises.back')}
          onBack={() => setAsk('premises')}
          select={(at) => select(at, 'safety')}
        />
      )
    case 'watch':
      return <GroupList setAsk={setAsk} />
    case 'group':
      return <GroupView key={asked.holder} holder={asked.holder} setAsk={setAsk} select={select} />
    case 'alarms':
      return <AlarmsPart select={select} />
    case 'checklists':
      return <ChecklistsPart />
  }
}
