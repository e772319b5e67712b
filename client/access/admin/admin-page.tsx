import './admin.css'
import { Button } from '@mantine/core'
import { type Icon, IconMap2 } from '@tabler/icons-react'
import { type ComponentType, Fragment, Suspense, useEffect, useRef } from 'react'
import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import type { Session } from '../../../geodata/access/session.schema.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { PanelSkeleton } from '../../ui/panel-skeleton.tsx'
import type { SectionProps } from '../../ui/sections/section-props.ts'
import { SECTION_GROUPS, type Section, sectionsOf } from '../../ui/sections/sections.ts'
import { texts as sectionTexts } from '../../ui/sections/texts.ts'
import { texts as accessTexts } from '../texts.ts'
import { texts } from './texts.ts'

addTexts(sectionTexts)
addTexts(accessTexts)
addTexts(texts)

export type SectionParts = Record<Section, { icon: Icon; Part: ComponentType<SectionProps> }>

interface AdminPageProps {
  parts: SectionParts
  session: Session
  section: Section
  /** The cell that was last selected on the map. */
  cell: AreaCell | undefined
  /** undefined: back to the map. */
  onSection(next: Section | undefined): void
  onSelect(at: string): void
}

/** Over the map, as wide as the window: how cases go, and people, roles, tokens, sessions and the audit trail. */
export default function AdminPage({ parts, session, section, cell, onSection, onSelect }: AdminPageProps) {
  const { t } = useTexts()
  const { Part } = parts[section]
  // On a phone the sections stand in a row that is longer than the screen.
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    nav.current
      ?.querySelector(`[data-testid=section-${section}]`)
      ?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [section])
  return (
    <main className="gw-admin" data-testid="admin">
      <nav ref={nav} className="gw-admin-nav" aria-label={t('section.title')}>
        {SECTION_GROUPS.map((group) => (
          <Fragment key={group}>
            {sectionsOf(group, session.permissions).map(({ id }) => {
              const Sign = parts[id].icon
              return (
                <button
                  key={id}
                  type="button"
                  aria-current={id === section ? 'page' : undefined}
                  onClick={() => onSection(id)}
                  data-testid={`section-${id}`}
                >
                  <Sign size={18} stroke={1.6} aria-hidden="true" />
                  {t(`section.${id}`)}
                </button>
              )
            })}
          </Fragment>
        ))}
      </nav>
      <div className="gw-admin-body">
        <header className="gw-admin-head">
          <h1>{t(`section.${section}`)}</h1>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconMap2 size={16} aria-hidden="true" />}
            onClick={() => onSection(undefined)}
            data-testid="admin-close"
          >
            {t('admin.close')}
          </Button>
        </header>
        <Suspense fallback={<PanelSkeleton />}>
          <Part session={session} cell={cell} onSelect={onSelect} />
        </Suspense>
      </div>
    </main>
  )
}
