import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Ask, Entry, Got } from './access-entry.ts'
import type { Answer } from './call-api.ts'
import { versionOf, visitOf } from './campaigns.ts'
import type { Territory } from './territory.ts'

const CAMPAIGNS = '/api/v1/campaigns'
const PREMISES = '/api/v1/premises'
const WATCH = '/api/v1/fire-watch'
const ALARMS = '/api/v1/smoke-alarms'
const CHECKLISTS = '/api/v1/checklists'
const NORMS = '/api/v1/safety-norms'

/** A campaign, premises, a fire-watch group and smoke alarms of a territory. */
export interface CampaignsThere {
  id: number
  target: number
  premises: number
  holder: string
  entry: string
  fresh(): Promise<{ id: number; version: number }>
}

type Must = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>

export async function campaignsIn(
  must: Must,
  { mark, code, building }: { mark: string; code: string; building: number },
): Promise<CampaignsThere> {
  const fresh = async () => (await must('POST', '/campaigns', campaignOf(mark, code))).body
  const { id } = await fresh()
  const list = await must('GET', `/campaigns/${id}/targets`)
  const holder = `${mark}联防组`
  const duty = { id: null, version: null, layer: 'buildings', feature: building, holder }
  await must('POST', '/duties/changes', { puts: [{ ...duty, role: 'fire-watch' }] })
  const entry = randomUUID()
  await must('POST', '/fire-watch/entries', { id: entry, holder, kind: 'meeting', on: '2026-02-01' })
  const premises = await must('POST', '/premises', premisesOf(mark, building))
  await must('PUT', `/smoke-alarms/${building}`, ALARM, versionOf(0))
  expect(list.body.targets.length).toBeGreaterThan(0)
  return { id, target: list.body.targets[0].id, premises: premises.body.id, holder, entry, fresh }
}

const campaignOf = (mark: string, code: string) => ({
  ...{ name: `${mark}冬防`, checklistId: 1, startsOn: '2026-11-01', endsOn: '2027-03-01' },
  ...{ layer: 'buildings', filter: `parent=${code}`, note: null, reinspectDays: 7 },
})
const premisesOf = (mark: string, building: number) => ({
  ...{ building, kind: 'self-built', name: `${mark}五金店`, filedOn: '2026-01-05' },
})
const ALARM = { count: 3, installedOn: '2026-01-05', batteryOn: null, testedOn: null, note: null }

const read = (ask: (place: Territory) => string, more: Partial<Entry> = {}): Entry => ({
  permission: 'read',
  concern: 'read',
  ask: (place) => ({ method: 'GET', path: ask(place) }),
  ...more,
})
const write = (permission: Entry['permission'], ask: Entry['ask'], more: Partial<Entry> = {}): Entry => ({
  permission,
  concern: 'write',
  ask,
  ...more,
})
const post = (path: string, body: unknown, headers?: Record<string, string>): Ask => ({
  method: 'POST',
  path,
  body,
  ...(headers ? { headers } : {}),
})
/** Of the whole installation: told to be at a version that it is not. */
const forAll = (permission: Entry['permission'], ask: Ask, allowed: number[]): Entry => ({
  permission,
  concern: 'everywhere',
  ask: () => ({ ...ask, headers: versionOf(999_999) }),
  allowed,
})
const CHECKLIST = { purpose: 'visit', name: '夜查', findings: [{ code: 'a', text: '甲' }], measures: [] }
const ALL_NORMS = [
  'meeting',
  'drill',
  'mutual-check',
  'alarm-test',
  'alarm-battery',
  'alarm-replace',
  'premises-check',
]

const isNothingStored = ({ status, text }: Got) => {
  if (status !== 200) return false
  const { created, changed, rejectedCount } = JSON.parse(text)
  return created + changed === 0 && rejectedCount === 1
}

/** Routes of campaigns and the registers that go with them. */
export const CAMPAIGN_ROUTES: Record<string, Entry> = {
  [`GET ${CHECKLISTS}`]: { ...read(() => CHECKLISTS), concern: 'any' },
  [`GET ${CHECKLISTS}/{id}/versions/{version}`]: {
    ...read(() => `${CHECKLISTS}/1/versions/1`),
    concern: 'any',
  },
  // One of that name may be there since the last time.
  [`POST ${CHECKLISTS}`]: forAll('campaign', post(CHECKLISTS, CHECKLIST), [201, 409]),
  [`PUT ${CHECKLISTS}/{id}`]: forAll(
    'campaign',
    { ...post(`${CHECKLISTS}/1`, CHECKLIST), method: 'PUT' },
    [412],
  ),
  [`GET ${NORMS}`]: { ...read(() => NORMS), concern: 'any' },
  [`PUT ${NORMS}`]: forAll(
    'configure',
    { ...post(NORMS, { norms: ALL_NORMS.map((code) => ({ code, days: 30 })) }), method: 'PUT' },
    [412],
  ),

  [`GET ${CAMPAIGNS}`]: read(() => CAMPAIGNS),
  [`POST ${CAMPAIGNS}`]: write('campaign', ({ mark, code }) => post(CAMPAIGNS, campaignOf(mark, code))),
  [`GET ${CAMPAIGNS}/{id}`]: read(({ campaigns }) => `${CAMPAIGNS}/${campaigns.id}`),
  [`PUT ${CAMPAIGNS}/{id}`]: write('campaign', async ({ campaigns, mark, code }) => {
    const { id, version } = await campaigns.fresh()
    const { layer: _, filter: __, ...change } = campaignOf(mark, code)
    return { ...post(`${CAMPAIGNS}/${id}`, { ...change, ended: false }, versionOf(version)), method: 'PUT' }
  }),
  [`DELETE ${CAMPAIGNS}/{id}`]: write('campaign', async ({ campaigns }) => {
    const { id, version } = await campaigns.fresh()
    return { method: 'DELETE', path: `${CAMPAIGNS}/${id}`, headers: versionOf(version) }
  }),
  [`POST ${CAMPAIGNS}/{id}/choose`]: write('campaign', async ({ campaigns }) => {
    const { id, version } = await campaigns.fresh()
    return post(`${CAMPAIGNS}/${id}/choose`, {}, versionOf(version))
  }),
  [`GET ${CAMPAIGNS}/{id}/progress`]: read(({ campaigns }) => `${CAMPAIGNS}/${campaigns.id}/progress`),
  [`GET ${CAMPAIGNS}/{id}/places`]: read(({ campaigns }) => `${CAMPAIGNS}/${campaigns.id}/places`, {
    shows: ({ text }) => /\[\d/.test(text),
  }),
  [`GET ${CAMPAIGNS}/{id}/export`]: read(({ campaigns }) => `${CAMPAIGNS}/${campaigns.id}/export`, {
    permission: 'export',
  }),
  [`GET ${CAMPAIGNS}/{id}/targets`]: read(({ campaigns }) => `${CAMPAIGNS}/${campaigns.id}/targets`),
  [`GET ${CAMPAIGNS}/{id}/targets/{target}`]: read(
    ({ campaigns }) => `${CAMPAIGNS}/${campaigns.id}/targets/${campaigns.target}`,
  ),
  [`POST ${CAMPAIGNS}/{id}/targets/{target}/visits`]: write('verify', ({ campaigns }) =>
    post(`${CAMPAIGNS}/${campaigns.id}/targets/${campaigns.target}/visits`, visitOf()),
  ),

  [`GET ${PREMISES}`]: read(() => PREMISES),
  [`GET ${PREMISES}/{id}`]: read(({ campaigns }) => `${PREMISES}/${campaigns.premises}`),
  [`POST ${PREMISES}`]: write('campaign', ({ mark, ids }) => post(PREMISES, premisesOf(mark, ids.buildings))),
  [`POST ${PREMISES}/{id}/actions`]: write('verify', async ({ campaigns, etagOf, mark }) => {
    const path = `${PREMISES}/${campaigns.premises}`
    const { building: _, filedOn: __, ...named } = premisesOf(mark, 0)
    const act = { action: 'amend', on: '2026-02-01', ...named }
    return post(`${path}/actions`, act, { 'if-match': await etagOf(path) })
  }),

  [`GET ${WATCH}/groups`]: read(() => `${WATCH}/groups`),
  [`GET ${WATCH}/group`]: read(
    ({ campaigns }) => `${WATCH}/group?holder=${encodeURIComponent(campaigns.holder)}`,
  ),
  [`POST ${WATCH}/entries`]: write('verify', ({ campaigns: { holder } }) =>
    post(`${WATCH}/entries`, { id: randomUUID(), holder, kind: 'drill', on: '2026-02-01' }),
  ),
  [`POST ${WATCH}/entries/{id}/withdraw`]: write('verify', ({ campaigns: { entry } }) =>
    post(`${WATCH}/entries/${entry}/withdraw`, {}),
  ),

  [`GET ${ALARMS}`]: read(() => ALARMS),
  [`GET ${ALARMS}/summary`]: read(() => `${ALARMS}/summary`, {
    shows: ({ text }, { ids }) =>
      Object.values<number[]>(JSON.parse(text).ids).flat().includes(ids.buildings),
  }),
  [`PUT ${ALARMS}/{id}`]: write('verify', async ({ fresh }) => {
    const { feature } = await fresh('buildings')
    return { ...post(`${ALARMS}/${feature.id}`, ALARM, versionOf(0)), method: 'PUT' }
  }),
  [`POST ${ALARMS}/import`]: write(
    'import',
    async ({ stored }) => {
      const { feature } = await stored('buildings')
      const file = new TextEncoder().encode(`code,count\r\n${String(feature.properties.code)},4\r\n`)
      return post(`${ALARMS}/import`, file, { 'content-type': 'text/csv' })
    },
    { refused: isNothingStored },
  ),
}
