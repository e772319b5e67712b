import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { HAZARD_STATES } from '../../geodata/hazards/hazard.schema.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import { listFeatures } from '../api/places.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LegendSwatch } from '../ui/legend.tsx'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import { hazardLayer } from './hazard.layer.ts'
import { hazardStatus } from './status.ts'

const OPEN_STATES = HAZARD_STATES.filter((state) => !ENDED_STATES.includes(state)).join(',')
/** The list API sorts by id, so the worst are only known once all are here; beyond this many no list is shown. */
const MOST_HAZARDS = 1000
const SHOWN_AT_FIRST = 6
const ORDER = { overdue: 0, soon: 1, open: 2, closed: 3 } as const

interface OpenHazardsProps {
  /** A cell's code; undefined: the whole area. */
  within: string | undefined
  scheme: Scheme
  onSelect(at: string): void
}

/** Open hazards of a cell, the longest overdue first: what is wrong, where, and since when. */
export function OpenHazards({ within, scheme, onSelect }: OpenHazardsProps) {
  const { t } = useTexts()
  const [all, setAll] = useState(false)
  const page = useQuery({
    queryKey: ['hazards-in', within],
    queryFn: () =>
      listFeatures('hazards', { parent: within, state: OPEN_STATES, limit: MOST_HAZARDS, geometry: false }),
  })
  if (!page.data || page.data.next) return null
  const now = new Date()
  const open = page.data.features
    .map((hazard) => ({ hazard, status: hazardStatus(hazard.properties, now), due: dueOf(hazard) }))
    .filter(({ status }) => status !== 'closed')
    .sort((a, b) => ORDER[a.status] - ORDER[b.status] || a.due.localeCompare(b.due))
  if (open.length === 0) return null
  const symbols = hazardLayer.symbols!(TOKENS[scheme])
  return (
    <div className="gw-children">
      <h3>
        {t('facts.hazardsOpen')}
        <span className="gw-count">{open.length}</span>
      </h3>
      <ul>
        {(all ? open : open.slice(0, SHOWN_AT_FIRST)).map(({ hazard, status, due }) => (
          <li key={hazard.id}>
            <button type="button" onClick={() => onSelect(`hazards/${hazard.id}`)}>
              <LegendSwatch swatch={{ kind: 'symbol', ...symbols[`hazard-${status}`]! }} />
              <span className="gw-child-name">{String(hazard.properties.title)}</span>
              <small data-tone={status === 'overdue' ? 'critical' : undefined}>
                {due === NO_DEADLINE
                  ? ''
                  : status === 'overdue'
                    ? `${t('place.overdue')} ${formatTime(due)}`
                    : formatTime(due)}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {!all && open.length > SHOWN_AT_FIRST && (
        <button type="button" className="gw-link" onClick={() => setAll(true)}>
          {t('place.more')}
        </button>
      )}
    </div>
  )
}

/** After every ISO date, so that what has no deadline comes last. */
const NO_DEADLINE = '~'
const dueOf = (hazard: StoredFeature): string =>
  typeof hazard.properties.dueAt === 'string' ? hazard.properties.dueAt : NO_DEADLINE
