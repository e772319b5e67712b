import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { RedrawResult } from '../../geodata/partition/redraw.schema.ts'
import { analyses } from '../support/analyses.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { client, plot, put } from '../support/small-hierarchy.ts'

const TOWN = '990101001001'
const ESTATE = '990101001002'

/** What the test looks at of a feature of any part. */
interface Piece {
  id: number
  ids: number[]
  piece: number
  cell1: number
  beside: [piece: number, metres: number][]
}

onBothDatabases('redrawing cells', (context) => {
  const { call, save, get } = client(context)
  const { answer } = analyses(call)
  let ids: Record<string, number>

  beforeAll(async () => {
    const houses = Array.from({ length: 24 }, (_, i) => {
      const [west, south] = [0.2 + 0.45 * (i % 6), 0.2 + 0.45 * Math.floor(i / 6)]
      const more = i === 23 ? {} : { households: 10 }
      return put('buildings', -100 - i, null, plot(west, south, west + 0.25, south + 0.25), {
        name: `${i + 1}幢`,
        ...more,
      })
    })
    const estate = Array.from({ length: 6 }, (_, i) => {
      const west = 10.2 + 0.4 * i
      return put('buildings', -200 - i, null, plot(west, 0.3, west + 0.2, 0.6), { name: `甲${i + 1}` })
    })
    const street = [
      [1.5, -1],
      [1.5, 3],
    ].map(([east, north]) => [120 + east! / 1000, 31 + north! / 1000])
    const saved = await save({
      puts: [
        put('communities', -1, null, plot(0, 0, 6, 2), { name: '柳堤社区', code: TOWN }),
        put('grids', -2, null, plot(0, 0, 3, 2), { name: '西网格' }),
        put('grids', -3, null, plot(3, 0, 6, 2), { name: '东网格' }),
        put('micro-grids', -4, null, plot(0, 0, 3, 0.6), { name: '南片' }),
        put('micro-grids', -5, null, plot(0, 0.6, 3, 2), { name: '北片' }),
        put('micro-grids', -6, null, plot(3, 0, 6, 2), { name: '东片' }),
        put('buildings', -7, null, plot(4, 1, 4.5, 1.5), { name: '孤楼', households: 900 }),
        put('communities', -8, null, plot(10, 0, 13, 1), { name: '书香公寓', code: ESTATE }),
        put('roads', -9, null, { type: 'LineString', coordinates: street }, { kind: 'minor' }),
        ...houses,
        ...estate,
      ],
    })
    ids = saved.ids
  })

  async function redraw(area: string[], params: object) {
    const analysis = await answer('redraw', params, area)
    return { ...analysis, result: analysis.result as unknown as RedrawResult }
  }
  const features = async (id: string, part: string) =>
    (await call('GET', `/analyses/${id}/features/${part}?limit=1000`)).body.features as {
      geometry: object
      properties: Piece
    }[]
  const publish = (id: string, alternative: number, changeSet = randomUUID()) =>
    call('POST', `/analyses/${id}/publish`, { changeSet, alternative, note: '重划' })
  const topology = async (community: number) =>
    (await call('GET', `/communities/${community}/topology?toleranceSquareMetres=0.01`)).body.findings
  const microGrids = async (code: string) =>
    (
      (await call('GET', `/micro-grids?parent=${code}&limit=100`)).body.features as {
        id: number
        properties: { code: string }
      }[]
    ).map(({ properties }) => properties.code)

  test('a grid falls into cells of whole buildings within the band, in alternatives with figures', async () => {
    const { id, result, notes } = await redraw([`${TOWN}001`], {
      band: { min: 70, max: 90 },
      alternatives: 3,
    })
    expect(result).toMatchObject({
      total: 230,
      buildings: 24,
      pieces: 24,
      replaces: [{ name: '南片' }, { name: '北片' }],
    })
    expect(notes).toEqual([
      { code: 'redraw-unknown-weight', values: { weight: 'households', count: 1, of: 24 } },
    ])
    expect(result.alternatives.map(({ priority, state, cells }) => [priority, state, cells.length])).toEqual([
      ['balance', 'in-band', 3],
      ['compact', 'in-band', 3],
      ['streets', 'in-band', 3],
    ])
    for (const { cells, disconnected } of result.alternatives) {
      expect(disconnected).toBe(0)
      expect(cells.every(({ verdict, compactness }) => verdict === 'within' && compactness > 0.3)).toBe(true)
    }
    expect(await features(id, 'cell')).toHaveLength(9)
    const buildings = await features(id, 'building')
    expect(new Set(buildings.map(({ properties }) => properties.cell1))).toEqual(new Set([1, 2, 3]))
    expect((await features(id, 'piece')).every(({ properties }) => properties.beside.length > 0)).toBe(true)
  })

  test('a community keeps its grids; a building above the maximum is a named exception', async () => {
    const { result, notes } = await redraw([TOWN], { band: { min: 70, max: 90 }, alternatives: 1 })
    expect(result.units.map(({ name }) => name)).toEqual(['西网格', '东网格'])
    expect(result.alternatives[0]!.cells.map(({ unit, verdict }) => [unit.slice(12), verdict])).toEqual([
      ['001', 'within'],
      ['001', 'within'],
      ['001', 'within'],
      ['002', 'oversize'],
    ])
    expect(notes).toContainEqual({ code: 'redraw-oversize', values: { count: 1, names: ['孤楼'] } })
  })

  test('a band that nothing fits is proved so, nothing that weighs is said, and a number for several grids is refused', async () => {
    const { result } = await redraw([`${TOWN}001`], { band: { min: 100, max: 110 }, alternatives: 1 })
    expect(result.alternatives[0]).toMatchObject({
      state: 'impossible',
      proofs: [{ unit: `${TOWN}001`, why: { reason: 'no-count', total: 230, fewest: 3, most: 2 } }],
    })
    const weightless = await redraw([ESTATE], { weight: 'households', count: 3 })
    expect(weightless.result.alternatives).toEqual([])
    expect(weightless.notes.map(({ code }) => code)).toContain('redraw-no-weight')
    const { body } = await call('POST', '/analyses', { kind: 'redraw', area: [TOWN], params: { count: 3 } })
    await expect(analyses(call).finish(body.id)).resolves.toMatchObject({
      state: 'failed',
      problem: { code: 'invalid-body' },
    })
  })

  test('corrected by hand and published: new codes, history with the old ones, topology without a finding, undone again', async () => {
    const first = await redraw([`${TOWN}001`], { band: { min: 70, max: 90 }, alternatives: 1 })
    const buildings = await features(first.id, 'building')
    const cells = [1, 2, 3].map((cell) =>
      buildings.filter(({ properties }) => properties.cell1 === cell).map(({ properties }) => properties.id),
    )
    // One building from the first cell to one that it stands beside.
    const pieces = await features(first.id, 'piece')
    const at = (piece: number) => pieces.find(({ properties }) => properties.piece === piece)!.properties
    const moving = pieces.find(
      ({ properties }) =>
        properties.cell1 === 1 && properties.beside.some(([other]) => at(other).cell1 === 2),
    )!
    const own = moving.properties.ids[0]!
    const given = [cells[0]!.filter((id) => id !== own), [...cells[1]!, own], cells[2]!]
    const { id, result } = await redraw([`${TOWN}001`], { band: { min: 70, max: 90 }, given })
    expect(result.alternatives).toMatchObject([{ priority: 'given', number: 1 }])
    expect(result.alternatives[0]!.cells.map(({ buildings: count }) => count).sort()).toEqual(
      given.map((one) => one.length).sort(),
    )

    const published = await publish(id, 1)
    expect(published, JSON.stringify(published.body)).toMatchObject({ status: 200 })
    expect(await microGrids(`${TOWN}001`)).toEqual(['03', '04', '05'].map((number) => `${TOWN}001${number}`))
    expect(await topology(ids['-1']!)).toEqual([])
    const moved = await get('buildings', own)
    expect(moved.properties.code.slice(0, 15)).toBe(`${TOWN}001`)
    expect(['03', '04', '05']).toContain(moved.properties.code.slice(15, 17))
    expect((await call('GET', `/micro-grids/${ids['-4']}`)).status).toBe(404)
    const { body: versions } = await call('GET', `/micro-grids/${ids['-4']}/versions`)
    expect(versions.versions[0]).toMatchObject({ how: 'deleted', changeSet: { note: '重划' } })

    expect(await publish(id, 1)).toMatchObject({ status: 412, body: { code: 'version-conflict' } })

    // Undone: the old ones come back as they were; another publication takes codes that nobody ever had.
    await save(published.body.undo)
    expect(await microGrids(`${TOWN}001`)).toEqual(['01', '02'].map((number) => `${TOWN}001${number}`))
    expect((await get('buildings', own)).properties.code.slice(0, 15)).toBe(`${TOWN}001`)
    const again = await redraw([`${TOWN}001`], { count: 2, alternatives: 1 })
    const second = await publish(again.id, 1)
    expect(second, JSON.stringify(second.body)).toMatchObject({ status: 200 })
    expect(await microGrids(`${TOWN}001`)).toEqual(['06', '07'].map((number) => `${TOWN}001${number}`))
    expect(await topology(ids['-1']!)).toEqual([])
  })

  test('an estate without grids, as an import leaves it, gets a grid and three micro-grids', async () => {
    const { id, result } = await redraw([ESTATE], { weight: 'buildings', count: 3, alternatives: 1 })
    expect(result.alternatives[0]!.cells.map(({ buildings }) => buildings)).toEqual([2, 2, 2])
    expect(await publish(id, 1)).toMatchObject({ status: 200 })
    expect(await microGrids(`${ESTATE}001`)).toEqual(
      ['01', '02', '03'].map((number) => `${ESTATE}001${number}`),
    )
    expect(await topology(ids['-8']!)).toEqual([])
  })

  test('what changes too little is kept: cells that fit stay, with their codes', async () => {
    const { id, result } = await redraw([ESTATE], {
      weight: 'buildings',
      band: { min: 1, max: 2 },
      mode: 'minimal',
      alternatives: 1,
    })
    expect(result.alternatives[0]!.cells.every(({ isUnchanged, moved }) => isUnchanged && moved === 0)).toBe(
      true,
    )
    expect(await publish(id, 1)).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
    const four = await redraw([ESTATE], {
      weight: 'buildings',
      count: 4,
      band: { min: 1, max: 2 },
      mode: 'minimal',
      alternatives: 1,
    })
    expect(four.result.alternatives[0]!.cells.filter(({ isUnchanged }) => isUnchanged)).toHaveLength(2)
    expect(await publish(four.id, 1)).toMatchObject({ status: 200 })
    const codes = await microGrids(`${ESTATE}001`)
    expect(codes).toHaveLength(4)
    expect(codes.filter((code) => code.slice(-2) <= '03')).toHaveLength(2)
    expect(codes.at(-1)).toBe(`${ESTATE}00105`)
    expect(await topology(ids['-8']!)).toEqual([])
  })
})
