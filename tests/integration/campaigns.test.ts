import { describe, expect, test } from 'vitest'
import { addDays, dayOf } from '../../geodata/campaigns/after-visit.ts'
import { lastEventId } from '../../server/live/events.store.ts'
import { campaignClient, versionOf, visitOf } from '../support/campaigns.ts'
import { hearEvents } from '../support/hear-events.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { parseCsv } from '../support/parse-csv.ts'
import { plot, put } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'
import { cells, supervisor } from '../support/writer.ts'

const A = '990101001001'
const TODAY = dayOf(new Date().toISOString())

onBothDatabases('campaigns', (context) => {
  const { all, areas, inA } = twoAreas(context)
  const { call, save, deletionOf } = all
  const { must, begin, inputOf, targets, checklist, visit, visited } = campaignClient(call)
  const entries = async (table: string) =>
    (await context.database.sql.unsafe(`SELECT count(*)::int AS count FROM ${table}`))[0]!.count

  describe('targets', () => {
    test('are what the filter found on that day; each is passed, has findings, or is to be seen again', async () => {
      const campaign = await begin({ filter: `parent=${A}&kind=residential` })
      expect(campaign).toMatchObject({
        filter: `parent=${A}&kind=residential`,
        counts: { targets: 4, visited: 0 },
      })
      const [first, second, third] = await targets(campaign.id)
      expect(first).toMatchObject({ state: 'unvisited', visits: 0, gone: false, gridCode: `${A}001` })
      expect(await visited(campaign.id, first!.id)).toMatchObject({ state: 'passed', reinspectOn: null })
      expect(
        await visited(campaign.id, second!.id, { findings: [{ code: 'wiring' }], measures: ['teach'] }),
      ).toMatchObject({ state: 'findings', reinspectOn: addDays(TODAY, 14) })
      // Nobody being let in clears nothing.
      expect(await visited(campaign.id, second!.id, { outcome: 'no-access' })).toMatchObject({
        state: 'findings',
        reinspectOn: addDays(TODAY, 14),
        visits: 2,
      })
      expect(await visited(campaign.id, third!.id, { outcome: 'no-access' })).toMatchObject({
        state: 'no-access',
      })
      const { counts } = (await must(200, 'GET', `/campaigns/${campaign.id}`)).body
      expect(counts).toMatchObject({
        targets: 4,
        visited: 2,
        states: { unvisited: 1, passed: 1, findings: 1, 'no-access': 1 },
      })
      expect(await visited(campaign.id, second!.id)).toMatchObject({ state: 'closed', reinspectOn: null })
      expect(
        await visited(campaign.id, first!.id, { findings: [{ code: 'ebike', fixed: true }] }),
      ).toMatchObject({ state: 'closed' })
      expect((await targets(campaign.id, '?state=closed')).map(({ id }) => id)).toEqual([
        first!.id,
        second!.id,
      ])
      expect(await targets(campaign.id, `?parent=${A}002&state=unvisited`)).toHaveLength(1)
    })

    test('a day for another look comes near, then passes', async () => {
      const campaign = await begin({ filter: `parent=${A}` })
      const [target] = await targets(campaign.id)
      const on = async (days: number) => {
        await visited(campaign.id, target!.id, { at: null, reinspectOn: addDays(TODAY, days) })
        return (await targets(campaign.id, `?q=${target!.code}`))[0]!.state
      }
      expect(await on(4)).toBe('passed')
      expect(await on(3)).toBe('reinspect-due')
      await context.database.sql`
        UPDATE campaign_target SET reinspect_on = reinspect_on - 4 WHERE id = ${target!.id}`
      expect((await targets(campaign.id, '?state=reinspect-overdue')).map(({ id }) => id)).toEqual([
        target!.id,
      ])
    })

    test('chosen anew, new ones come and others go, but not one that was visited or whose building is gone', async () => {
      const { ids } = await save({
        puts: [-31, -32, -33].map((id, at) =>
          put('buildings', id, null, plot(12 + at, 2, 12.5 + at, 2.5), {
            name: `旧${-id}`,
            use: 'warehouse',
          }),
        ),
      })
      const [old, seen, torn] = [ids['-31'], ids['-32'], ids['-33']] as number[]
      const campaign = await begin({ filter: 'kind=warehouse' })
      const list = await targets(campaign.id)
      const idOf = (feature: number) => list.find((target) => target.feature === feature)!.id
      await visited(campaign.id, idOf(seen!))
      await visited(campaign.id, idOf(torn!))
      await save({ deletes: [await deletionOf('buildings', torn!)] })
      const choose = (body: object, version: number) =>
        call('POST', `/campaigns/${campaign.id}/choose`, body, versionOf(version))
      const other = { filter: `parent=${A}&kind=residential` }
      expect(await choose({ ...other, dryRun: true }, 1)).toMatchObject({
        status: 200,
        body: { added: 4, removed: 1, kept: 2, removedNames: ['旧31'], version: 1 },
      })
      expect(await targets(campaign.id)).toHaveLength(3)
      expect(await choose(other, 1)).toMatchObject({ body: { added: 4, removed: 1, version: 2 } })
      const after = await targets(campaign.id)
      expect(after.map(({ feature }) => feature)).not.toContain(old)
      expect(after.find(({ feature }) => feature === torn)).toMatchObject({
        gone: true,
        visits: 1,
        name: '旧33',
      })
      expect(await choose(other, 1)).toMatchObject({ status: 412 })
      // One that comes back is the same.
      expect(await choose({ filter: 'kind=warehouse' }, 2)).toMatchObject({ body: { added: 1, removed: 4 } })
      expect((await targets(campaign.id)).find(({ feature }) => feature === old)!.id).toBe(idOf(old!))
      // Beyond one's area nothing is seen that is gone.
      expect((await inA().call('GET', `/campaigns/${campaign.id}/targets`)).body.targets).toHaveLength(2)
    })
  })

  describe('areas', () => {
    test('everybody sees and counts what they reach; a campaign of both is changed by neither alone', async () => {
      const campaign = await begin({ name: '两个社区', filter: '' })
      const own = await begin({ name: '别处', filter: `parent=990101001002` })
      const scoped = inA()
      const { campaigns } = (await scoped.call('GET', '/campaigns')).body
      const seen = campaigns.find(({ id }: { id: number }) => id === campaign.id)
      const foreign = campaign.counts.targets - seen.counts.targets
      expect(foreign).toBe(4)
      expect(campaigns.map(({ id }: { id: number }) => id)).not.toContain(own.id)
      for (const path of ['', '/targets', '/progress', '/places', '/export'])
        expect((await scoped.call('GET', `/campaigns/${own.id}${path}`)).status, path).toBe(404)
      const [target] = await targets(own.id)
      for (const id of [own.id, campaign.id])
        expect(await visit(id, target!.id, visitOf(), scoped.call)).toMatchObject({ status: 404 })
      expect(
        await scoped.call('POST', `/campaigns/${campaign.id}/choose`, {}, versionOf(campaign.version)),
      ).toMatchObject({ status: 403, body: { code: 'outside-area' } })
      expect(
        await scoped.call('POST', '/campaigns', await inputOf({ filter: 'parent=990101001002' })),
      ).toMatchObject({ status: 404 })
      const { cells: progress, outside } = (await scoped.call('GET', `/campaigns/${campaign.id}/progress`))
        .body
      expect(progress.map(({ code }: { code: string }) => code)).toEqual([`${A}001`, `${A}002`])
      expect(outside).toBe(0)
    })

    test('a visit is heard by those who reach its place alone; of the whole campaign all hear that something changed', async () => {
      const campaign = await begin({ filter: '' })
      const foreign = (await targets(campaign.id, '?parent=990101001002'))[0]!
      const own = (await targets(campaign.id, `?parent=${A}`))[0]!
      const scoped = await context.appFor(supervisor([cells({ communities: [areas.a.community] })]))
      const heardBy = async (app: TestApp, body: () => Promise<unknown>) => {
        const before = await lastEventId(context.database.sql)
        await body()
        const heard = await hearEvents(app, before, await lastEventId(context.database.sql))
        return heard.map(({ id: _, ...event }) => event)
      }
      const ofVisit = { kind: 'campaign', register: 'campaigns', campaignId: campaign.id }
      expect(await heardBy(scoped, () => visited(campaign.id, own.id))).toEqual([ofVisit])
      expect(await heardBy(scoped, () => visited(campaign.id, foreign.id))).toEqual([])
      expect(await heardBy(await context.app(), () => visited(campaign.id, foreign.id))).toEqual([ofVisit])
      const choose = () => must(200, 'POST', `/campaigns/${campaign.id}/choose`, {}, versionOf(1))
      expect(await heardBy(scoped, choose)).toEqual([{ kind: 'campaign', register: 'campaigns' }])
    })

    test('progress has a denominator for each cell, and the file one line for each target', async () => {
      const campaign = await begin({ filter: `parent=${A}&kind=residential` })
      const list = await targets(campaign.id)
      const west = list.filter(({ gridCode }) => gridCode === `${A}001`)
      await visited(campaign.id, west[0]!.id, {
        findings: [{ code: 'wiring' }, { code: 'ebike' }],
        note: '=1+1',
      })
      const { cells: progress } = (await must(200, 'GET', `/campaigns/${campaign.id}/progress?cells=grids`))
        .body
      expect(progress).toMatchObject([
        {
          code: `${A}001`,
          targets: 2,
          visited: 1,
          share: 0.5,
          findings: 1,
          overdue: 0,
          center: expect.any(Array),
        },
        { code: `${A}002`, targets: 2, visited: 0, share: 0 },
      ])
      const { ids } = (await must(200, 'GET', `/campaigns/${campaign.id}/places`)).body
      expect(ids).toMatchObject({ findings: [west[0]!.feature], passed: [] })
      expect(ids.unvisited).toHaveLength(3)
      const file = async (format: string) =>
        (
          await (await context.app()).request(`/api/v1/campaigns/${campaign.id}/export?format=${format}`)
        ).text()
      const [head, ...lines] = parseCsv((await file('csv')).slice(1))
      expect(lines).toHaveLength(4)
      const cell = (name: string) => lines.map((line) => line[head!.indexOf(name)])
      expect(cell('state')).toEqual(['findings', 'unvisited', 'unvisited', 'unvisited'])
      expect(cell('findings')[0]).toBe('电气线路私拉乱接；电动自行车室内停放、充电')
      expect(cell('note')[0]).toBe("'=1+1")
      const { features } = JSON.parse(await file('geojson'))
      expect(features).toHaveLength(4)
      expect(features[0]).toMatchObject({
        geometry: { type: 'MultiPolygon' },
        properties: { state: 'findings' },
      })
    })
  })

  describe('made wrongly', () => {
    test('a filter that finds nothing, or that no list would take, makes no campaign', async () => {
      const before = await entries('campaign')
      const refused: [object, number][] = [
        [{ filter: 'kind=castle' }, 400],
        [{ filter: 'nonsense=1' }, 400],
        [{ filter: 'q=没有这样的楼' }, 404],
        [{ layer: 'hazards' }, 422],
        [{ endsOn: '2026-10-01' }, 422],
        [{ name: '' }, 422],
        [{ checklistId: (await checklist('premises')).id }, 404],
        [{ reinspectDays: 0 }, 422],
      ]
      for (const [more, status] of refused)
        expect((await call('POST', '/campaigns', await inputOf(more))).status, JSON.stringify(more)).toBe(
          status,
        )
      expect(await entries('campaign')).toBe(before)
      const unwanted = await begin({ filter: `parent=${A}` })
      await must(204, 'DELETE', `/campaigns/${unwanted.id}`, undefined, versionOf(1))
      expect(await call('GET', `/campaigns/${unwanted.id}`)).toMatchObject({ status: 404 })
    })
  })
})
