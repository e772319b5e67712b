import { type KeyboardEvent, useState } from 'react'
import { useTexts } from '../../ui/i18n.ts'
import { moveStop, removeStop } from './plan-edits.ts'
import { planStore } from './plan-store.ts'
import { StopRow } from './stop-row.tsx'
import type { DueSites } from './use-due.ts'
import type { Timed } from './use-timed.ts'

interface StopListProps {
  timed: Timed
  sites: DueSites
  hue: string
  chosen: string | undefined
  mayPlan: boolean
  onZoom(stopId: string): void
}

/** The stops of a round in order. Dragged in the list, or moved by Alt and the arrows. */
export function StopList({ timed, sites, hue, chosen, mayPlan, onZoom }: StopListProps) {
  const { t } = useTexts()
  const { round, team } = timed
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<number>()
  const [said, setSaid] = useState('')
  const { stops } = round
  const at = stops.findIndex(({ id }) => id === chosen)

  function focusRow(place: number) {
    const stop = stops[place]
    if (!stop) return
    planStore.choose(round.id, stop.id)
    requestAnimationFrame(() => document.getElementById(`stop-${stop.id}`)?.focus())
  }
  function move(stopId: string, to: number) {
    planStore.edit('order', (plan) => moveStop(plan, stopId, round.id, to), {
      roundId: round.id,
      stopId,
    })
    setSaid(t('planning.movedTo', { place: Math.max(0, Math.min(to, stops.length - 1)) + 1 }))
    requestAnimationFrame(() => document.getElementById(`stop-${stopId}`)?.focus())
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLElement) || !event.target.id.startsWith('stop-')) return
    const stop = stops[at]
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by !== 0 && event.altKey && mayPlan && stop) move(stop.id, at + by)
    else if (by !== 0 && !event.ctrlKey && !event.metaKey) focusRow(at + by)
    else if (event.key === 'Home') focusRow(0)
    else if (event.key === 'End') focusRow(stops.length - 1)
    else if ((event.key === 'Delete' || event.key === 'Backspace') && mayPlan && stop) {
      const next = stops[at + 1] ?? stops[at - 1]
      planStore.edit('remove', (plan) => removeStop(plan, stop.id), {
        roundId: round.id,
        ...(next ? { stopId: next.id } : {}),
      })
      if (next) requestAnimationFrame(() => document.getElementById(`stop-${next.id}`)?.focus())
    } else if (event.key === 'Enter' && stop) onZoom(stop.id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  let number = 0
  return (
    <>
      <ol
        className="gw-stops"
        aria-label={t('planning.stopsOf', { round: team.name })}
        aria-description={t('planning.listKeys')}
        onKeyDown={onKeyDown}
        onDragEnd={() => {
          setDragged(undefined)
          setOver(undefined)
        }}
        data-testid="stops"
      >
        {stops.map((stop, place) => {
          if (stop.checkpointId !== null) number++
          return (
            <StopRow
              key={stop.id}
              timed={timed}
              place={place}
              number={stop.checkpointId === null ? undefined : number}
              hue={hue}
              site={stop.checkpointId === null ? undefined : sites.get(stop.checkpointId)}
              chosen={stop.id === chosen}
              focusable={stop.id === chosen || (at < 0 && place === 0)}
              mayPlan={mayPlan}
              target={over === place && dragged !== undefined && dragged !== stop.id}
              onChoose={() => planStore.choose(round.id, stop.id)}
              onZoom={() => onZoom(stop.id)}
              onMove={(to) => move(stop.id, to)}
              onDragStart={() => setDragged(stop.id)}
              onDragOver={() => dragged && setOver(place)}
              onDrop={() => {
                if (dragged) move(dragged, place)
                setDragged(undefined)
                setOver(undefined)
              }}
            />
          )
        })}
      </ol>
      <output className="gw-unseen" aria-live="assertive">
        {said}
      </output>
    </>
  )
}
