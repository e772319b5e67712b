import { ActionIcon, Chip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import {
  DUE_STATE_NAMES,
  DUE_STATES,
  type DueSite,
  type DueState,
} from '../../../geodata/patrols/due.schema.ts'
import { formatCount, formatTime } from '../../ui/format.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { Forecast } from './forecast.tsx'
import { Ring } from './ring.tsx'
import { clockOf, type Shift } from './shift.ts'
import type { useDue } from './use-due.ts'
import { texts } from './week/texts.ts'

addTexts(texts)

interface DuePartProps {
  due: ReturnType<typeof useDue>['due']
  shift: Shift
  /** The letter of the team and the number of the stop of each site that a round visits. */
  planned: ReadonlyMap<number, string>
  onSelect(site: DueSite): void
  /** undefined: whoever looks may not plan. */
  onAdd: ((site: DueSite) => void) | undefined
}

const ROW_REM = 3.25

/** What the shift has to visit: counts that narrow the list, a forecast, and the sites, the first to break first. */
export function DuePart({ due, shift, planned, onSelect, onAdd }: DuePartProps) {
  const { t, lang } = useTexts()
  const [states, setStates] = useState<readonly DueState[]>([])
  const [rowPixels] = useState(
    () => ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  )
  const scroller = useRef<HTMLDivElement>(null)
  const sites = due.data?.sites
  const rows = useMemo(
    () => (sites ?? []).filter(({ state }) => states.length === 0 || states.includes(state)),
    [sites, states],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 8,
  })
  if (!due.data)
    return (
      <div className="gw-panel-body">
        <LoadState error={due.error} onRetry={() => void due.refetch()} />
      </div>
    )
  const { counts, forecast } = due.data
  const counted = due.data.sites.filter(({ plannedAt }) => plannedAt !== undefined).length
  return (
    <>
      <div className="gw-due-head">
        <fieldset className="gw-chips">
          <legend className="gw-unseen">{t('planning.narrow')}</legend>
          <Chip.Group
            multiple
            value={[...states]}
            onChange={(next) => setStates(DUE_STATE_NAMES.filter((state) => next.includes(state)))}
          >
            {DUE_STATE_NAMES.map((state) => (
              <Chip key={state} value={state} size="xs" variant="outline" data-testid={`due-${state}`}>
                {DUE_STATES[state][lang]} <b>{formatCount(counts[state])}</b>
              </Chip>
            ))}
          </Chip.Group>
        </fieldset>
        <Forecast hours={forecast} shift={shift} />
        <p className="gw-hint" aria-live="polite" data-testid="due-sum">
          {t('planning.needed', {
            visits: formatCount(counts.neededVisits),
            minutes: formatCount(Math.round(counts.serviceMinutes)),
          })}
        </p>
        {counted > 0 && (
          <p className="gw-hint" data-testid="due-counted">
            {t('week.counted', { count: formatCount(counted) })}
          </p>
        )}
      </div>
      <div className="gw-due-scroll" ref={scroller}>
        {rows.length === 0 && (
          <p className="gw-hint gw-due-none">
            {sites?.length === 0 ? t('planning.noSites') : t('planning.noneSo')}
          </p>
        )}
        <ul className="gw-due" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const site = rows[index]!
            const stop = planned.get(site.checkpointId)
            return (
              <li
                key={site.checkpointId}
                style={{ height: size, transform: `translateY(${start}px)` }}
                data-testid="due-row"
              >
                <Ring site={site} at={shift.from} />
                <button type="button" className="gw-due-site" onClick={() => onSelect(site)}>
                  <span className="gw-due-name">
                    <b>{site.name || t('planning.unnamed')}</b>
                    <small data-state={site.state}>{DUE_STATES[site.state][lang]}</small>
                  </span>
                  <span className="gw-due-facts">
                    <span>{t('planning.limit', { time: formatTime(site.breaksAt) })}</span>
                    {site.lastVisitAt && (
                      <span>{t('planning.last', { time: formatTime(site.lastVisitAt) })}</span>
                    )}
                    {site.plannedAt && (
                      <span>{t('week.plannedAt', { time: formatTime(site.plannedAt) })}</span>
                    )}
                    <span>{openWords(site, t('planning.closed'))}</span>
                  </span>
                </button>
                {stop && <span className="gw-due-stop">{stop}</span>}
                {onAdd && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={28}
                    aria-label={t('planning.addSite', { name: site.name })}
                    title={t('planning.addSite', { name: site.name })}
                    onClick={() => onAdd(site)}
                    data-testid="due-add"
                  >
                    <IconPlus size={16} />
                  </ActionIcon>
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}

/** When it is open in the shift; nothing where it always is. */
function openWords({ windows }: DueSite, closed: string): string {
  if (!windows) return ''
  if (windows.length === 0) return closed
  return windows.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(' ')
}
