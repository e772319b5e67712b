import './walls.css'
import { Button } from '@mantine/core'
import { IconExternalLink, IconLayoutDashboard, IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLES } from '../../../geodata/access/roles.ts'
import { STANDARD_LAYOUT, type WallLayout } from '../../../geodata/walls/layout.schema.ts'
import { listLayouts } from '../../api/walls.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { Detail } from '../../ui/sections/detail.tsx'
import type { SectionProps } from '../../ui/sections/section-props.ts'
import { LayoutForm } from './layout-form.tsx'
import { OpenWalls } from './open-walls.tsx'
import { PushForm } from './push-form.tsx'
import { smallestOn } from './smallest-on.ts'
import { SourcesPart } from './sources-part.tsx'
import { texts } from './texts.ts'

addTexts(texts)

const KEY = ['walls', 'layouts']

/** Layouts of walls, the walls that are open, and what is sent to them. */
export default function WallsSection({ cell }: SectionProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [edited, edit] = useState<WallLayout | 'new'>()
  const layouts = useQuery({ queryKey: KEY, queryFn: listLayouts })
  const words = ({ screen, role }: WallLayout) => {
    const summary = t('walls.summary', {
      distance: screen.distanceMetres,
      inches: screen.diagonalInches,
      pixels: Math.ceil(smallestOn(screen).pixels),
    })
    return role ? `${ROLES[role][lang]} · ${summary}` : summary
  }
  return (
    <div className="gw-admin-split" data-open={edited !== undefined || undefined} data-testid="walls-section">
      <div className="gw-admin-list">
        <div className="gw-admin-bar">
          <p className="gw-hint">{t('walls.hint')}</p>
          <Button
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => edit('new')}
            data-testid="layout-add"
          >
            {t('walls.add')}
          </Button>
        </div>
        <h2 className="gw-walls-head">{t('walls.layouts')}</h2>
        {!layouts.data ? (
          <LoadState error={layouts.error} onRetry={() => void layouts.refetch()} />
        ) : (
          <ul className="gw-rows" data-testid="layout-list">
            {layouts.data.map((layout) => (
              <li key={layout.id}>
                <IconLayoutDashboard size={18} stroke={1.6} aria-hidden="true" />
                <button
                  type="button"
                  className="gw-walls-row"
                  onClick={() => edit(layout)}
                  data-testid="layout-row"
                >
                  <b>{layout.name}</b>
                  <small>{words(layout)}</small>
                </button>
                <Button
                  component="a"
                  href={`/wall?layout=${encodeURIComponent(layout.name)}`}
                  target="_blank"
                  size="compact-sm"
                  variant="default"
                  leftSection={<IconExternalLink size={14} aria-hidden="true" />}
                  aria-label={t('walls.openName', { name: layout.name })}
                >
                  {t('walls.open')}
                </Button>
              </li>
            ))}
            {layouts.data.length === 0 && <li className="gw-hint">{t('walls.none')}</li>}
          </ul>
        )}
        <OpenWalls />
        <PushForm layouts={layouts.data ?? []} />
        <SourcesPart />
      </div>
      {edited && (
        <Detail
          title={edited === 'new' ? t('walls.add') : t('walls.edit', { name: edited.name })}
          onClose={() => edit(undefined)}
        >
          <LayoutForm
            key={edited === 'new' ? 'new' : `${edited.id} ${edited.version}`}
            stored={edited === 'new' ? undefined : edited}
            start={edited === 'new' ? { ...STANDARD_LAYOUT, name: '' } : edited}
            cell={cell}
            onDone={() => {
              edit(undefined)
              void queries.invalidateQueries({ queryKey: KEY })
            }}
          />
        </Detail>
      )}
    </div>
  )
}
