import './rounds.css'

import { ActionIcon, Button, Switch } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsExchange,
  IconFocus2,
  IconTrash,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { CentreCross } from '../../map/centre-cross.tsx'
import type { ToolProps } from '../../map/tool.ts'
import { formatMetres } from '../../ui/format.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { TEAM_HUES } from '../../ui/tokens.ts'
import { ToolCard } from '../../ui/tool-card.tsx'
import { makeDrawable } from './begin-plan.ts'
import { useChosenShift } from './chosen-shift.ts'
import { addStop, startDrawing, stopAt } from './drawing.ts'
import { removeStop, reverseRound } from './plan-edits.ts'
import { planStore, usePlanning } from './plan-store.ts'
import { hueOf } from './plan-symbols.ts'
import { clockOf } from './shift.ts'
import { texts } from './texts.ts'
import { useDrawingKeys } from './use-drawing-keys.ts'
import { useDue } from './use-due.ts'
import { useTimed } from './use-timed.ts'
import { minutesOf } from './words.ts'

addTexts(texts)

/** Draws a round on the map: by clicks, by Enter at the cross, with its totals as they come. */
export default function DrawTool({ map, scheme, close }: ToolProps) {
  const { t, lang } = useTexts()
  const planning = usePlanning()
  const { plan, roundId, stopId, status } = planning
  const chosen = useChosenShift()
  const { sites } = useDue(plan ?? chosen)
  const timed = useTimed(plan, sites)
  const [free, setFree] = useState(false)
  const latest = useRef({ sites, free })
  latest.current = { sites, free }

  useEffect(() => planStore.open(), [])
  // Drawing needs a round; one that was opened by its link finds it only once the kept plan has been read.
  const ready = status === 'ready'
  const hasRound = roundId !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are new each time
  useEffect(() => {
    if (ready && !hasRound)
      makeDrawable(chosen, {
        planName: t('planning.newName'),
        teamName: (id) => t('planning.teamNamed', { id }),
      })
  }, [ready, hasRound])
  useEffect(() => {
    map.focus()
    return startDrawing(map, { sites: () => latest.current.sites, isFree: () => latest.current.free })
  }, [map])

  const addCentre = () => addStop(stopAt(map.visibleCentre(), undefined, sites), free ? 'free' : 'street')
  const remove = () => {
    const round = plan?.rounds.find(({ id }) => id === roundId)
    const stop = stopId ?? round?.stops.at(-1)?.id
    if (stop) planStore.edit('remove', (now) => removeStop(now, stop))
  }
  const reverse = () => roundId && planStore.edit('reverse', (now) => reverseRound(now, roundId))
  useDrawingKeys(map, { addCentre, remove, reverse, toggleFree: () => setFree(!free), close })

  const one = timed.find(({ round }) => round.id === roundId)
  const place = plan?.teams.findIndex(({ id }) => id === one?.team.id) ?? 0
  const icon = (
    label: string,
    keys: string,
    sign: ReactNode,
    off: boolean,
    run: () => void,
    testId?: string,
  ) => (
    <ActionIcon
      variant="default"
      size={28}
      aria-label={label}
      title={`${label} (${keys})`}
      disabled={off}
      onClick={run}
      data-testid={testId}
    >
      {sign}
    </ActionIcon>
  )
  const did = (what: string | undefined) => (what ? t(`planning.did.${what}`) : '')
  return (
    <>
      <CentreCross map={map} />
      <ToolCard title={t('tool.round')} onClose={close} testId="draw-tool">
        {!one ? (
          <p className="gw-hint">{t(status === 'elsewhere' ? 'planning.elsewhere' : 'planning.opening')}</p>
        ) : (
          <>
            <p className="gw-draw-team">
              <span className="gw-team-letter" style={{ background: TEAM_HUES[scheme][hueOf(place)] }}>
                {one.team.id}
              </span>
              <b>{one.team.name}</b>
            </p>
            {one.round.stops.length < 2 && <p className="gw-hint">{t('planning.drawHint')}</p>}
            <output className="gw-draw-totals" aria-live="polite" data-testid="draw-totals">
              <b>{formatMetres(one.times.metres, lang)}</b>
              <span>
                {t('planning.split3', {
                  walk: minutesOf(one.times.walkSeconds),
                  dwell: minutesOf(one.times.dwellSeconds),
                  wait: minutesOf(one.times.waitSeconds + one.times.breakSeconds),
                })}
              </span>
              <span>
                {t('planning.ends', { time: clockOf(one.times.endsAt), count: one.round.stops.length })}
              </span>
              {one.times.conflicts.length > 0 && (
                <span className="gw-conflict">
                  <IconAlertTriangle size={14} aria-hidden="true" />{' '}
                  {t('planning.nConflicts', { count: one.times.conflicts.length })}
                </span>
              )}
            </output>
            <Switch
              size="xs"
              checked={free}
              onChange={(event) => setFree(event.currentTarget.checked)}
              label={t('planning.freeSwitch')}
              data-testid="draw-free"
            />
            <div className="gw-tool-row">
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconFocus2 size={14} />}
                onClick={addCentre}
                data-testid="draw-add"
              >
                {t('planning.addCentre')}
              </Button>
              {icon(
                `${t('planning.undo')} ${did(planning.undoable)}`,
                'Ctrl Z',
                <IconArrowBackUp size={16} />,
                !planning.undoable,
                planStore.undo,
                'draw-undo',
              )}
              {icon(
                `${t('planning.redo')} ${did(planning.redoable)}`,
                'Ctrl Y',
                <IconArrowForwardUp size={16} />,
                !planning.redoable,
                planStore.redo,
                'draw-redo',
              )}
              {icon(
                t('planning.reverse'),
                'R',
                <IconArrowsExchange size={16} />,
                one.round.stops.length < 2,
                () => reverse(),
              )}
              {icon(
                t('planning.removeStop'),
                'Delete',
                <IconTrash size={16} />,
                one.round.stops.length === 0,
                remove,
              )}
            </div>
          </>
        )}
      </ToolCard>
    </>
  )
}
