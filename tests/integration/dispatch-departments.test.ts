import { expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { put, spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'

const A = '990101001001'
const CLUTTER = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06036' }
const RUBBISH = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06010' }

onBothDatabases('departments', (context) => {
  const { all, inA, inWest } = twoAreas(context)
  const add = async (name: string, more: object = {}) => {
    const made = await all.call('POST', '/departments', { name, ...more })
    expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
    return made.body as { id: number; version: number; name: string }
  }
  const etag = (version: number) => ({ 'if-match': `"${version}"` })
  const gapsOf = async (caller: Pick<typeof all, 'call'>, code: string) => {
    const { body } = await caller.call('GET', '/departments/coverage')
    return body.categories.find((row: { category: { code: string } }) => row.category.code === code)
  }

  test('a stale change overwrites nothing, a name is taken once, a change can be taken back', async () => {
    const made = await add('城管队', { area: [A], categories: [CLUTTER] })
    const { id, version } = made
    const path = `/departments/${id}`
    expect(await all.call('POST', '/departments', { name: '城管队' })).toMatchObject({
      status: 409,
      body: { code: 'name-conflict' },
    })
    const wanted = { name: '城管中队', area: [], categories: [CLUTTER, RUBBISH] }
    expect(await all.call('PUT', path, wanted, etag(version + 1))).toMatchObject({ status: 412 })
    expect(await all.call('PUT', path, wanted)).toMatchObject({ status: 428 })
    const changed = await all.call('PUT', path, wanted, etag(version))
    expect(changed.body).toMatchObject({ version: 2, area: [], areaHidden: 0, name: '城管中队' })
    const back = await all.call('PUT', path, { name: '城管队', area: [A], categories: [CLUTTER] }, etag(2))
    expect(back.body).toMatchObject({
      version: 3,
      name: '城管队',
      area: [{ code: A }],
      categories: [CLUTTER],
    })
    const { body: trail } = await all.call('GET', '/audit?kind=department&limit=3')
    expect(trail.entries.map(({ after }: { after: { name: string } }) => after.name)).toEqual([
      '城管队',
      '城管中队',
      '城管队',
    ])
    for (const wrong of [
      { name: '' },
      { name: 'x'.repeat(121) },
      { name: 'y', area: ['990101001999'] },
      { name: 'y', categories: [CLUTTER, CLUTTER] },
      { name: 'y', categories: [{ ...CLUTTER, kind: 'people' }] },
      { name: 'y', surplus: 1 },
    ])
      expect(await all.call('POST', '/departments', wrong), JSON.stringify(wrong)).toMatchObject({
        status: 422,
      })
    expect(await all.call('DELETE', path, undefined, etag(3))).toMatchObject({ status: 204 })
    expect(await all.call('DELETE', path, undefined, etag(3))).toMatchObject({ status: 404 })
  })

  test('gaps and conflicts are those of the grids in reach; who covers only cells that are hidden does not cover all', async () => {
    const [first, second] = [
      await add('环卫一所', { area: [A], categories: [RUBBISH] }),
      await add('环卫二所', { area: [A], categories: [RUBBISH] }),
    ]
    expect(await gapsOf(all, '06010')).toMatchObject({
      grids: 4,
      gaps: [{ name: '西网格' }, { name: '东网格' }],
      conflicts: [{ departments: [{ id: first.id }, { id: second.id }], grids: [`${A}001`, `${A}002`] }],
    })
    expect(await gapsOf(inA(), '06010')).toMatchObject({ grids: 2, gaps: [] })
    expect((await gapsOf(all, '09012')).gaps).toHaveLength(4)
    const { body } = await inWest().call('GET', '/departments')
    expect(body.departments.find(({ id }: { id: number }) => id === first.id)).toMatchObject({
      area: [],
      areaHidden: 1,
    })
    await all.call('PUT', `/departments/${second.id}`, { name: '环卫二所', active: false }, etag(1))
    expect((await gapsOf(all, '06010')).conflicts).toEqual([])
    await all.call('DELETE', `/departments/${first.id}`, undefined, etag(1))
    await all.call('DELETE', `/departments/${second.id}`, undefined, etag(2))
  })

  test('owners: who covers the grid and the category comes first; nobody hears of a case elsewhere', async () => {
    const wide = await add('综合办', { categories: [CLUTTER] })
    const narrow = await add('西网格物业', { area: [`${A}001`], categories: [CLUTTER] })
    const other = await add('未分类', {})
    const { ids } = await all.save({
      puts: [
        put('hazards', -1, null, spot(5, 5), {
          title: '堆物',
          categoryCode: '06036',
          reportedAt: '2026-01-05T07:40:00+08:00',
        }),
      ],
    })
    const asked = await inWest().call('GET', `/cases/${ids['-1']}/owners`)
    expect(asked.body).toMatchObject({
      suggested: narrow.id,
      conflict: false,
      owners: [
        { department: { id: narrow.id }, reasons: [{ code: 'covers-cell', cell: '西网格' }] },
        { department: { id: wide.id }, reasons: [{ code: 'covers-everywhere' }] },
        // Last, for whoever knows better.
        { department: { id: other.id }, covers: false, reasons: [] },
      ],
    })
    expect(await all.call('GET', '/cases/999999/owners')).toMatchObject({ status: 404 })
  })

  test('people belong to a department that there is, and one with people cannot be deleted', async () => {
    const office = await add('消防站')
    const person = { username: 'zhanyuan', name: '站员', role: 'department' }
    expect(await all.call('POST', '/people', { ...person, departmentId: 999_999 })).toMatchObject({
      status: 422,
      body: { issues: [{ at: '/departmentId' }] },
    })
    const made = await all.call('POST', '/people', { ...person, departmentId: office.id })
    expect(made.body.person.department).toEqual({ id: office.id, name: '消防站' })
    const path = `/people/${made.body.person.id}`
    const renamed = await all.call('PATCH', path, { name: '改名' }, etag(1))
    expect(renamed.body.department).toEqual({ id: office.id, name: '消防站' })
    expect(await all.call('DELETE', `/departments/${office.id}`, undefined, etag(1))).toMatchObject({
      status: 409,
      body: { code: 'wrong-state', people: 1 },
    })
    const left = await all.call('PATCH', path, { departmentId: null }, etag(2))
    expect(left.body.department).toBeNull()
    expect(await all.call('DELETE', `/departments/${office.id}`, undefined, etag(1))).toMatchObject({
      status: 204,
    })
  })
})
