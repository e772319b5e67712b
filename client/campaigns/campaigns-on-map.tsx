import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { getAlarmSummary, getCampaign, getPlaces, getProgress } from '../api/campaigns.ts'
import type { MapPartProps } from '../map/work-panel.ts'
import { TOKENS } from '../ui/tokens.ts'
import { readAsk } from './campaigns-ask.ts'
import { drawProgress, PLACES_ZOOM } from './draw-progress.ts'
import { drawStates } from './draw-states.ts'
import { useLevel } from './shown-level.ts'

/** On the map: how far the open campaign got in each cell, and each of its places, or buildings by their smoke alarms. */
export default function CampaignsOnMap({ map, scheme, ask }: MapPartProps) {
  const asked = readAsk(ask)
  if (asked.what === 'campaign' || asked.what === 'target')
    return (
      <>
        {asked.what === 'campaign' && <Progress id={asked.id} map={map} scheme={scheme} />}
        <Places id={asked.id} map={map} scheme={scheme} />
      </>
    )
  if (asked.what === 'alarms') return <Alarms map={map} scheme={scheme} />
  return null
}

type Drawn = Pick<MapPartProps, 'map' | 'scheme'>

function Progress({ id, map, scheme }: Drawn & { id: number }) {
  const level = useLevel()
  const { data } = useQuery({
    queryKey: ['campaigns', id, 'progress', level],
    queryFn: () => getProgress(id, level),
  })
  const cells = data?.cells
  useEffect(
    () => (cells ? drawProgress(map.map, level, cells, TOKENS[scheme]) : undefined),
    [map, level, cells, scheme],
  )
  return null
}

function Places({ id, map, scheme }: Drawn & { id: number }) {
  const { data: campaign } = useQuery({ queryKey: ['campaigns', id], queryFn: () => getCampaign(id) })
  const { data: ids } = useQuery({ queryKey: ['campaigns', id, 'places'], queryFn: () => getPlaces(id) })
  const layer = campaign?.layer
  const tones = useMemo(
    () =>
      ids && {
        open: [...ids.unvisited, ...ids['no-access']],
        due: [...ids.findings, ...ids['reinspect-due']],
        critical: ids['reinspect-overdue'],
        done: [...ids.passed, ...ids.closed],
      },
    [ids],
  )
  useEffect(
    () => (layer && tones ? drawStates(map.map, layer, tones, TOKENS[scheme], PLACES_ZOOM) : undefined),
    [map, layer, tones, scheme],
  )
  return null
}

function Alarms({ map, scheme }: Drawn) {
  const { data } = useQuery({ queryKey: ['smoke-alarms', 'summary'], queryFn: getAlarmSummary })
  const ids = data?.ids
  useEffect(() => {
    if (!ids) return undefined
    const tones = { open: [], due: ids.due, critical: ids.overdue, done: ids.ok }
    return drawStates(map.map, 'buildings', tones, TOKENS[scheme])
  }, [map, ids, scheme])
  return null
}
