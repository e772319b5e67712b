import { stopName, type WalkedPlan } from '../walked-plan.ts'

/** RFC 7946: each round as a line, its stops, and what nobody visits, as points. Instants ISO 8601 in UTC. */
export function writePlanGeoJson(walked: WalkedPlan): string {
  const { plan, rounds, sites } = walked
  const features = rounds.flatMap((one) => {
    const { round, team, timed, coordinates } = one
    const of = { roundId: round.id, teamId: team.id, team: team.name }
    const line =
      coordinates.length < 2
        ? []
        : [
            {
              type: 'Feature',
              id: round.id,
              geometry: { type: 'LineString', coordinates },
              properties: {
                kind: 'round',
                ...of,
                people: team.people,
                metres: Math.round(timed.metres),
                startsAt: timed.startsAt,
                endsAt: timed.endsAt,
                conflicts: timed.conflicts,
              },
            },
          ]
    const stops = round.stops.map((stop, at) => ({
      type: 'Feature',
      id: stop.id,
      geometry: { type: 'Point', coordinates: stop.lngLat },
      properties: {
        kind: 'stop',
        ...of,
        position: at + 1,
        checkpointId: stop.checkpointId,
        name: stopName(walked, one, at),
        ...timed.stops[at],
        dwellMinutes: stop.dwellMinutes,
      },
    }))
    return [...line, ...stops]
  })
  const unserved = plan.unserved.flatMap(({ checkpointId, reason, visit }) => {
    const site = sites.get(checkpointId)
    if (!site) return []
    return [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: site.lngLat },
        properties: { kind: 'unserved', checkpointId, name: site.name, reason, visit },
      },
    ]
  })
  return JSON.stringify({
    type: 'FeatureCollection',
    name: plan.name,
    from: plan.from,
    to: plan.to,
    ...(plan.id === undefined ? {} : { planId: plan.id, planVersion: plan.version }),
    generated: plan.generated,
    features: [...features, ...unserved],
  })
}
