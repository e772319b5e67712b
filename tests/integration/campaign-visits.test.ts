import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { mayRole, type Role } from '../../geodata/access/roles.ts'
import { addDays, dayOf } from '../../geodata/campaigns/after-visit.ts'
import { campaignClient, versionOf, visitOf } from '../support/campaigns.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { twoAreas } from '../support/two-areas.ts'
import { cells, clientOf, supervisor } from '../support/writer.ts'

const A = '990101001001'
const TODAY = dayOf(new Date().toISOString())

onBothDatabases('visits of campaigns', (context) => {
  const { all, areas } = twoAreas(context)
  const { call } = all
  const { must, begin, targets, checklist, visit, visited } = campaignClient(call)
  const as = (role: Role, reach = [cells({ communities: [areas.a.community] })]) =>
    clientOf(context, supervisor(reach, { role, name: role }))
  const entries = async (table: string) =>
    (await context.database.sql.unsafe(`SELECT count(*)::int AS count FROM ${table}`))[0]!.count

  test('a finding opens a case in the same moment; when that is closed, the place is looked at again', async () => {
    const campaign = await begin({ filter: `parent=${A}`, reinspectDays: 10 })
    const [target] = await targets(campaign.id)
    const body = visitOf({
      findings: [{ code: 'escape', case: true, note: '堆了纸箱' }, { code: 'wiring' }],
      note: '已告知',
    })
    const answer = await visit(campaign.id, target!.id, body)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({
      status: 201,
      body: { target: { state: 'findings', openCases: 1 } },
    })
    const { hazardId } = answer.body.visit.findings[0]
    const hazard = (await must(200, 'GET', `/hazards/${hazardId}`)).body.properties
    expect(hazard).toMatchObject({ categoryCode: '09012', severity: 'high', state: 'reported' })
    expect(hazard.description).toContain('堆了纸箱')
    const [kept] = await context.database.sql`
      SELECT source, campaign_id AS campaign, campaign_target_id AS target FROM hazard_case WHERE hazard_id = ${hazardId}`
    expect(kept).toEqual({ source: 'campaign', campaign: campaign.id, target: target!.id })
    // Sent again: the same visit, and no second case.
    const hazards = await entries('hazard')
    expect(await visit(campaign.id, target!.id, body)).toMatchObject({
      status: 200,
      body: { visit: { findings: [{ hazardId, hazardState: 'reported' }, { hazardId: null }] } },
    })
    expect(await entries('hazard')).toBe(hazards)
    // As its history would have it after a close.
    await context.database.sql.begin(async (tx) => {
      await tx`
        INSERT INTO case_entry (hazard_id, seq, at, kind, action, from_state, to_state, actor)
        VALUES (${hazardId}, 2, gridward_now() + interval '1 second', 'transition', 'reject', 'reported', 'rejected', 'test')`
      await tx`UPDATE hazard SET state = 'rejected', due_at = NULL, version = version + 1 WHERE id = ${hazardId}`
      await tx`UPDATE hazard_case SET entries = 2, state_since = gridward_now() + interval '1 second' WHERE hazard_id = ${hazardId}`
    })
    const again = (await targets(campaign.id, `?q=${target!.code}`))[0]!
    expect(again).toMatchObject({ openCases: 0, reinspectOn: addDays(TODAY, 10), state: 'findings' })
    await context.database.sql`
      UPDATE hazard_case SET state_since = state_since - interval '9 days' WHERE hazard_id = ${hazardId}`
    // The case ended before the newest visit now: its day no longer counts.
    expect((await targets(campaign.id, `?q=${target!.code}`))[0]).toMatchObject({
      reinspectOn: addDays(TODAY, 10),
    })
    expect(await visited(campaign.id, target!.id)).toMatchObject({ state: 'closed', reinspectOn: null })
  })

  test('keep the version of the checklist that they were done with', async () => {
    const made = (
      await must(201, 'POST', '/checklists', {
        purpose: 'visit',
        name: `检查 ${randomUUID().slice(0, 8)}`,
        findings: [{ code: 'a', text: '甲项' }],
        measures: [],
      })
    ).body
    const campaign = await begin({ filter: `parent=${A}`, checklistId: made.id })
    const [target, other] = await targets(campaign.id)
    await visited(campaign.id, target!.id, { findings: [{ code: 'a' }] })
    const { id, version, example, updatedAt, ...input } = made
    const next = { ...input, findings: [{ code: 'b', text: '乙项' }] }
    expect(await call('PUT', `/checklists/${id}`, next, versionOf(9))).toMatchObject({ status: 412 })
    await must(200, 'PUT', `/checklists/${id}`, next, versionOf(version))
    const { visits } = (await must(200, 'GET', `/campaigns/${campaign.id}/targets/${target!.id}`)).body
    expect(visits).toMatchObject([{ checklistVersion: 1, findings: [{ code: 'a' }] }])
    expect((await must(200, 'GET', `/checklists/${id}/versions/1`)).body).toMatchObject({
      findings: [{ code: 'a', text: '甲项' }],
    })
    // A phone that still has the old one.
    await visited(campaign.id, other!.id, { findings: [{ code: 'a' }], checklistVersion: 1 })
    expect(
      await visit(campaign.id, other!.id, visitOf({ findings: [{ code: 'a' }], checklistVersion: 2 })),
    ).toMatchObject({ status: 422, body: { code: 'invalid-body', issues: [{ at: '/findings' }] } })
    expect([example, updatedAt]).toMatchObject([false, expect.any(String)])
    expect(await call('POST', '/checklists', { ...input, active: true })).toMatchObject({ status: 409 })
    expect(
      await call('PUT', `/checklists/${id}`, { ...next, purpose: 'premises' }, versionOf(2)),
    ).toMatchObject({
      status: 422,
      body: { issues: [{ at: '/purpose' }] },
    })
    // The campaign goes by another list now; what was found keeps the words of its own.
    const { name, note, startsOn, endsOn, reinspectDays } = campaign
    const change = { name, note, startsOn, endsOn, reinspectDays, ended: false }
    const put = (checklistId: number) =>
      call('PUT', `/campaigns/${campaign.id}`, { ...change, checklistId }, versionOf(1))
    expect(await put((await checklist('premises')).id)).toMatchObject({ status: 404 })
    expect(await put((await checklist()).id)).toMatchObject({ status: 200 })
    expect(
      (await must(200, 'GET', `/campaigns/${campaign.id}/targets/${target!.id}`)).body.visits,
    ).toMatchObject([{ checklistId: id, checklistVersion: 1 }])
  })

  test('one that a phone sends late stands in the history and leaves what was found since as it is', async () => {
    const campaign = await begin({ filter: `parent=${A}` })
    const [target] = await targets(campaign.id)
    await visited(campaign.id, target!.id)
    const at = new Date(Date.now() - 86_400_000).toISOString()
    expect(await visited(campaign.id, target!.id, { at, findings: [{ code: 'wiring' }] })).toMatchObject({
      state: 'passed',
      reinspectOn: null,
      visits: 2,
    })
  })

  test('a photo that a visit tells of stays, also when it is deleted in the same moment', async () => {
    const campaign = await begin({ filter: `parent=${A}` })
    const [target] = await targets(campaign.id)
    const photos = [randomUUID(), randomUUID()]
    const { sql } = context.database
    for (const photo of photos)
      await sql`INSERT INTO photo (id, layer, feature_id, author, width, height, bytes)
        VALUES (${photo}, 'buildings', ${target!.feature}, 'test', 4, 3, 2)`
    await visited(campaign.id, target!.id, { photos: [photos[0]] })
    expect(await call('DELETE', `/photos/${photos[0]}`)).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    })
    const [sent, gone] = await Promise.all([
      visit(campaign.id, target!.id, visitOf({ photos: [photos[1]] })),
      call('DELETE', `/photos/${photos[1]}`),
    ])
    expect([`201 409`, `404 204`]).toContain(`${sent.status} ${gone.status}`)
  })

  test('what goes off the list in the same moment is no longer there to be visited', async () => {
    const campaign = await begin({ filter: `parent=${A}` })
    const [target] = await targets(campaign.id)
    const { sql } = context.database
    let sent: ReturnType<typeof visit> | undefined
    await sql.begin(async (tx) => {
      await tx`SELECT FROM campaign WHERE id = ${campaign.id} FOR UPDATE`
      await tx`UPDATE campaign_target SET removed_at = now() WHERE id = ${target!.id}`
      sent = visit(campaign.id, target!.id, visitOf())
      // The embedded database has one transaction after the other.
      while (context.engine === 'postgres') {
        const [held] = await sql`
          SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
        if (held) break
      }
    })
    expect(await sent).toMatchObject({ status: 404 })
    expect(await targets(campaign.id)).not.toContainEqual(expect.objectContaining({ id: target!.id }))
  })

  test('what cannot be is refused whole, and nothing can be taken out of the history', async () => {
    const campaign = await begin({ filter: `parent=${A}` })
    const [target, other] = await targets(campaign.id)
    const known = visitOf()
    await visited(campaign.id, other!.id, known)
    const counts = async () => [
      await entries('campaign_visit'),
      await entries('hazard'),
      await entries('event'),
    ]
    const before = await counts()
    const refused: [object, number, string][] = [
      [visitOf({ findings: [{ code: 'nothing' }] }), 422, 'invalid-body'],
      [visitOf({ findings: [{ code: 'wiring' }, { code: 'wiring' }] }), 422, 'invalid-body'],
      [visitOf({ outcome: 'no-access', findings: [{ code: 'wiring' }] }), 422, 'invalid-body'],
      [visitOf({ findings: [{ code: 'wiring', fixed: true, case: true }] }), 422, 'invalid-body'],
      [visitOf({ measures: ['\u0000'] }), 422, 'invalid-body'],
      [visitOf({ note: 'x'.repeat(1001) }), 422, 'invalid-body'],
      [visitOf({ at: '2020-01-01T00:00:00+08:00' }), 422, 'invalid-body'],
      [visitOf({ at: '2100-01-01T00:00:00+08:00' }), 422, 'invalid-body'],
      [visitOf({ reinspectOn: '2020-01-01' }), 422, 'invalid-body'],
      [visitOf({ photos: [randomUUID()] }), 404, 'not-found'],
      [visitOf({ checklistVersion: 99 }), 404, 'not-found'],
      [{ ...known, outcome: 'no-access' }, 409, 'id-reused'],
    ]
    for (const [body, status, code] of refused)
      expect(await visit(campaign.id, target!.id, body), JSON.stringify(body)).toMatchObject({
        status,
        body: { code },
      })
    expect(await counts()).toEqual(before)
    for (const statement of [
      'UPDATE campaign_visit SET note = NULL',
      'DELETE FROM campaign_visit',
      'TRUNCATE campaign_visit',
      'DELETE FROM checklist_version',
    ])
      await expect(context.database.sql.unsafe(statement), statement).rejects.toThrow(/only grow/)
    expect(await call('DELETE', `/campaigns/${campaign.id}`, undefined, versionOf(1))).toMatchObject({
      status: 409,
    })
    const { id, version, name, note, checklistId, startsOn, endsOn, reinspectDays } = campaign
    const change = { name, note, checklistId, startsOn, endsOn, reinspectDays, ended: true }
    await must(200, 'PUT', `/campaigns/${id}`, change, versionOf(version))
    expect(await visit(id, target!.id, visitOf())).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    })
  })

  test('whoever may not report visits, but opens no case; whoever may not verify does neither', async () => {
    const campaign = await begin({ filter: `parent=${A}` })
    const [target] = await targets(campaign.id)
    expect(mayRole('officer', 'verify') && mayRole('officer', 'report')).toBe(true)
    const opens = () => visitOf({ findings: [{ code: 'escape', case: true }] })
    expect(await visit(campaign.id, target!.id, opens(), as('officer').call)).toMatchObject({ status: 201 })
    const narrow = clientOf(context, supervisor('everywhere', { scopes: ['read', 'verify'] }))
    expect(await visit(campaign.id, target!.id, opens(), narrow.call)).toMatchObject({ status: 403 })
    expect(await visit(campaign.id, target!.id, visitOf(), narrow.call)).toMatchObject({ status: 201 })
    expect(await visit(campaign.id, target!.id, visitOf(), as('viewer').call)).toMatchObject({ status: 403 })
  })
})
