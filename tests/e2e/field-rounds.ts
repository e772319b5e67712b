import { randomUUID } from 'node:crypto'
import type { APIRequestContext, BrowserContext } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'

export const url = (path: string) => `${demoUrl()}/${path}`
export const PHONE = { width: 390, height: 844 }
const MINUTE = 60_000

export interface Site {
  id: number
  geometry: { coordinates: [number, number] }
  properties: { name: string }
}

export async function ask<T>(path: string, method = 'GET', body?: object, version?: number): Promise<T> {
  const headers = {
    ...(body ? { 'content-type': 'application/json' } : {}),
    ...(version ? { 'if-match': `"${version}"` } : {}),
  }
  const answer = await askServer(url(`api/v1/${path}`), {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** A round over three sites, now, of whoever `request` is signed in as, until the test is over: however it ends, the next has a round of its own. */
export async function handOut(request: APIRequestContext, name: string) {
  const { person } = await (await request.get(url('api/v1/session'))).json()
  const sites: Site[] = (await (await request.get(url('api/v1/checkpoints?limit=3'))).json()).features
  const from = new Date(Date.now() - 10 * MINUTE).toISOString()
  const to = new Date(Date.now() + 120 * MINUTE).toISOString()
  const roundId = randomUUID()
  const stops = sites.map(({ id, geometry }) => ({
    id: randomUUID(),
    checkpointId: id,
    lngLat: geometry.coordinates,
    dwellMinutes: 5,
  }))
  const plan = await ask<{ id: number; version: number }>('patrols/plans', 'POST', {
    name,
    from,
    to,
    teams: [{ id: 'A', name: 'A', people: [person.username], from, to }],
    rounds: [{ id: roundId, teamId: 'A', stops, legs: ['street', 'street', 'street', 'street'] }],
  })
  const published = await ask<{ version: number }>(
    `patrols/plans/${plan.id}/publish`,
    'POST',
    undefined,
    plan.version,
  )
  onTestFinished(async () => {
    await ask(`patrols/plans/${plan.id}/close`, 'POST', undefined, published.version)
  })
  return { roundId, sites, stops }
}

/** A phone tells each position once: what it was told before duty is no part of the track. */
export async function beAt(
  context: BrowserContext,
  [longitude, latitude]: [number, number],
  metresNorth = 0,
): Promise<void> {
  await context.grantPermissions(['geolocation'], { origin: demoUrl() })
  await context.setGeolocation({ longitude, latitude: latitude + metresNorth / 111_195, accuracy: 8 })
}
