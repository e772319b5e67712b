import { randomUUID } from 'node:crypto'
import type { APIRequestContext } from 'playwright-core'
import type { Plan } from '../../geodata/patrols/plan.schema.ts'

const MINUTE = 60_000
/** How long before now a walk begins, so that its round is over by now. */
const BEGUN_MINUTES = 90
/** The same of its round, which begins a little earlier. */
export const ROUND_BEGUN_MINUTES = BEGUN_MINUTES + 5

type Site = { id: number; geometry: { coordinates: [number, number] }; properties: { name: string } }

interface Walk {
  name: string
  team?: { id: string; name: string }
  daysAgo?: number
  /** Sites in order of their distance from the first one; the round has three from here on. */
  firstSite?: number
  /** What the phone reports while it is walked. */
  hazard?: boolean
  /** At the end five minutes at the site behind the round. */
  astray?: boolean
  /** Nobody goes on duty. */
  unwalked?: boolean
}

/**
 * A round of three sites, walked by whoever `request` is: five minutes at the first, then straight to the second in ten
 * minutes more, then no positions. The third is missed or unknown, by how far it is. Returns the name of the site behind them.
 */
export async function walkOne(
  request: APIRequestContext,
  baseUrl: string,
  {
    name,
    team = { id: 'A', name: 'Team A' },
    daysAgo = 0,
    firstSite = 0,
    hazard = false,
    astray = false,
    unwalked = false,
  }: Walk,
): Promise<string> {
  const url = (path: string) => `${baseUrl}/api/v1/${path}`
  const post = async <T>(path: string, data: object, version?: number): Promise<T> => {
    const answer = await request.post(url(path), {
      data,
      headers: { origin: baseUrl, ...(version ? { 'if-match': `"${version}"` } : {}) },
    })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }
  const { person } = await (await request.get(url('session'))).json()
  const all: Site[] = (await (await request.get(url('checkpoints?limit=50'))).json()).features
  const [lng, lat] = all[0]!.geometry.coordinates
  const away = ({ geometry: { coordinates } }: Site) => Math.hypot(coordinates[0] - lng, coordinates[1] - lat)
  const near = all.sort((a, b) => away(a) - away(b)).slice(firstSite, firstSite + 4)
  const sites = near.slice(0, 3)
  const begun = Date.now() - BEGUN_MINUTES * MINUTE - daysAgo * 24 * 60 * MINUTE
  const iso = (after: number) => new Date(begun + after).toISOString()
  const hours = { from: iso((BEGUN_MINUTES - ROUND_BEGUN_MINUTES) * MINUTE), to: iso(60 * MINUTE) }
  const roundId = randomUUID()
  const plan = await post<Plan>('patrols/plans', {
    name,
    ...hours,
    teams: [{ ...team, people: [person.username], ...hours }],
    rounds: [
      {
        id: roundId,
        teamId: team.id,
        stops: sites.map(({ id, geometry }) => ({
          id: randomUUID(),
          checkpointId: id,
          lngLat: geometry.coordinates,
          dwellMinutes: 5,
        })),
        legs: ['street', 'street', 'street', 'street'],
      },
    ],
  })
  await post(`patrols/plans/${plan.id}/publish`, {}, plan.version)
  const behind = near[3]!
  if (unwalked) return behind.properties.name
  const entry = (kind: string, after: number, more: object = {}) => ({
    id: randomUUID(),
    at: iso(after),
    planId: plan.id,
    roundId,
    kind,
    ...more,
  })
  const [from, to] = [sites[0]!.geometry.coordinates, sites[1]!.geometry.coordinates]
  const points = Array.from({ length: 180 }, (_, at) => {
    const share = Math.max(0, at - 60) / 120
    const lngLat = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    return { at: iso(at * 5000), lngLat, accuracyMetres: 5 }
  })
  const beside = Array.from({ length: 60 }, (_, at) => ({
    at: iso(40 * MINUTE + at * 5000),
    lngLat: behind.geometry.coordinates,
    accuracyMetres: 5,
  }))
  await post('patrols/sync', {
    device: 'phone',
    entries: [
      entry('begin', 0),
      entry('position', 15 * MINUTE, { points }),
      ...(astray ? [entry('position', 45 * MINUTE, { points: beside })] : []),
      ...(hazard ? [entry('report', 10 * MINUTE, { hazard: '09012', severity: 'high', lngLat: to })] : []),
      entry('end', 55 * MINUTE),
    ],
  })
  return behind.properties.name
}
