import { expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'

onBothDatabases('notes', (context) => {
  const call = callApi(context)
  const version = (number: number) => ({ 'if-match': `"${number}"` })

  async function facility(): Promise<{ id: number; version: number }> {
    const { status, body } = await call('POST', '/facilities', {
      geometry: { type: 'Point', coordinates: [120.6, 31.3] },
      properties: { kind: 'aed' },
    })
    expect(status).toBe(201)
    return body
  }
  async function write(feature: number, text: string) {
    const answer = await call('POST', '/notes', { layer: 'facilities', feature, text })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
    return answer.body
  }
  const listed = async (feature: number, more = '') =>
    (await call('GET', `/notes?layer=facilities&feature=${feature}${more}`)).body

  test('a note is kept as written, trimmed, with its author, and says its version', async () => {
    const { id } = await facility()
    const answer = await call('POST', '/notes', {
      layer: 'facilities',
      feature: id,
      text: '  电极片\r\n已过期 <b>"x"</b> 👍\n',
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(answer.headers.get('location')).toBe(`/api/v1/notes/${answer.body.id}`)
    expect(answer.body).toMatchObject({
      version: 1,
      layer: 'facilities',
      feature: id,
      text: '电极片\n已过期 <b>"x"</b> 👍',
      author: 'local',
      photos: [],
    })
    expect(answer.body.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect((await call('GET', `/notes/${answer.body.id}`)).body).toEqual(answer.body)
  })

  test('newest first, each once, also while notes are added, and no empty last page', async () => {
    const { id } = await facility()
    const other = await facility()
    await write(other.id, '别处')
    for (let index = 1; index <= 6; index += 1) await write(id, `第${index}条`)
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const page = await listed(id, `&limit=2${cursor}`)
      expect(page.notes.length).toBeGreaterThan(0)
      seen.push(...page.notes.map((note: { text: string }) => note.text))
      if (page.next === null) break
      if (seen.length === 2) await write(id, '新的')
      cursor = `&cursor=${page.next}`
    }
    expect(seen).toEqual(['第6条', '第5条', '第4条', '第3条', '第2条', '第1条'])
  })

  test('of two who change one note the second is told, and gets what it is now', async () => {
    const { id } = await facility()
    const note = await write(id, '一')
    const first = await call('PATCH', `/notes/${note.id}`, { text: '二' }, version(1))
    expect(first).toMatchObject({ status: 200, body: { text: '二', version: 2 } })
    expect(await call('PATCH', `/notes/${note.id}`, { text: '三' }, version(1))).toMatchObject({
      status: 412,
      body: { code: 'version-conflict', currentVersion: 2, current: { text: '二' } },
    })
    expect(await call('PATCH', `/notes/${note.id}`, { text: '三' })).toMatchObject({ status: 428 })
    expect(await call('PATCH', `/notes/${note.id}`, { text: '三' }, { 'if-match': '*' })).toMatchObject({
      status: 428,
    })
    expect(await call('DELETE', `/notes/${note.id}`, undefined, version(1))).toMatchObject({ status: 412 })
    expect((await listed(id)).notes).toMatchObject([{ text: '二' }])
  })

  test('a deleted note is gone from the list and comes back as it was', async () => {
    const { id } = await facility()
    const note = await write(id, '删错了')
    expect((await call('DELETE', `/notes/${note.id}`, undefined, version(1))).status).toBe(204)
    expect((await listed(id)).notes).toEqual([])
    expect(await call('GET', `/notes/${note.id}`)).toMatchObject({ status: 404 })
    expect(await call('PATCH', `/notes/${note.id}`, { text: 'x' }, version(1))).toMatchObject({ status: 404 })
    expect(await call('POST', `/notes/${note.id}/restore`, undefined, version(7))).toMatchObject({
      status: 412,
    })
    const back = await call('POST', `/notes/${note.id}/restore`, undefined, version(1))
    expect(back).toMatchObject({
      status: 200,
      body: { text: '删错了', createdAt: note.createdAt, version: 2 },
    })
    expect(await call('POST', `/notes/${note.id}/restore`, undefined, version(2))).toMatchObject({
      status: 404,
    })
  })

  test('notes outlive their feature and stay readable; no new ones are taken', async () => {
    const { id, version: current } = await facility()
    await write(id, '拆除前')
    expect((await call('DELETE', `/facilities/${id}`, undefined, version(current))).status).toBe(204)
    expect((await listed(id)).notes).toMatchObject([{ text: '拆除前' }])
    expect(await call('POST', '/notes', { layer: 'facilities', feature: id, text: '后' })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    })
  })

  test('what cannot be kept is refused with the reason', async () => {
    const { id } = await facility()
    const send = (note: unknown) => call('POST', '/notes', note)
    const good = { layer: 'facilities', feature: id, text: 'x' }
    for (const bad of [
      { ...good, text: '' },
      { ...good, text: ' \n ' },
      { ...good, text: 'x'.repeat(2001) },
      { ...good, text: 'a\u0000b' },
      { ...good, text: 'a\ud800b' },
      { ...good, text: 5 },
      { ...good, layer: 'castles' },
      { ...good, layer: 'constructor' },
      { ...good, feature: 1.5 },
      { ...good, feature: String(id) },
      { ...good, author: 'someone' },
      { layer: 'facilities', feature: id },
    ])
      expect(await send(bad), JSON.stringify(bad).slice(0, 80)).toMatchObject({
        status: 422,
        body: { code: 'invalid-body' },
      })
    expect(await send('{"layer":')).toMatchObject({ status: 400 })
    expect(await send({ ...good, feature: 987_654_321 })).toMatchObject({ status: 404 })
    expect(await send({ ...good, text: '字'.repeat(2000) })).toMatchObject({ status: 201 })
    for (const query of ['', '?layer=facilities', '?layer=x&feature=1', '?layer=roads&feature=1&limit=0'])
      expect(await call('GET', `/notes${query}`), query).toMatchObject({ status: 400 })
    for (const path of ['/notes/0', '/notes/abc', '/notes/1%27--'])
      expect(await call('GET', path), path).toMatchObject({ status: 400 })
  })

  test('each change is told once as an event of its feature that leaves the map alone', async () => {
    const { id } = await facility()
    const [start] = await context.database.sql`SELECT max(id)::bigint AS id FROM event`
    const note = await write(id, '一')
    await call('PATCH', `/notes/${note.id}`, { text: '二' }, version(1))
    await call('PATCH', `/notes/${note.id}`, { text: '三' }, version(1))
    await call('DELETE', `/notes/${note.id}`, undefined, version(2))
    await call('POST', `/notes/${note.id}/restore`, undefined, version(2))
    const events = await context.database.sql`
      SELECT kind, layer, feature_id AS feature, version, west,
        before->'note'->>'text' AS before, after->'note'->>'text' AS after
      FROM event WHERE id > ${start!.id} ORDER BY id`
    const common = { kind: 'note', layer: 'facilities', feature: id, version: null, west: null }
    expect(events.map((event) => ({ ...event }))).toEqual([
      { ...common, before: null, after: '一' },
      { ...common, before: '一', after: '二' },
      { ...common, before: '二', after: null },
      { ...common, before: null, after: '二' },
    ])
  })
})
