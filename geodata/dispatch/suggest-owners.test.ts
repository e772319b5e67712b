import { describe, expect, test } from 'vitest'
import type { CoveringDepartment } from './covering-cell.ts'
import { categoryKey } from './department.schema.ts'
import { findCoverage } from './find-coverage.ts'
import { suggestOwners } from './suggest-owners.ts'

const RUBBISH = { standard: 'S', kind: 'matter', code: '1' } as const
/** The same code of components: another category. */
const BIN = { standard: 'S', kind: 'component', code: '1' } as const
const COMMUNITY = '990101001001'
const [WEST, EAST] = [`${COMMUNITY}001`, `${COMMUNITY}002`]

const department = (id: number, area: string[] | undefined, ...categories: (typeof RUBBISH | typeof BIN)[]) =>
  ({
    id,
    name: `D${id}`,
    area: area?.map((code) => ({ code, name: `cell ${code}` })),
    categories: new Set(categories.map(categoryKey)),
  }) satisfies CoveringDepartment
const none = { near: true, of: 0, handled: new Map() }
const at = (cellCode: string | null, severity = 'low') => ({ category: RUBBISH, cellCode, severity })

describe('owners', () => {
  test('a narrower area goes before a wider one, another kind with the same code is no match', () => {
    const all = [
      department(1, undefined, RUBBISH),
      department(2, [WEST], RUBBISH),
      department(3, [COMMUNITY], RUBBISH),
      department(4, [WEST], BIN),
      department(5, [EAST], RUBBISH),
    ]
    const { owners, suggested, conflict } = suggestOwners(at(`${WEST}01`), all, none)
    expect(owners.map(({ department: { id } }) => id)).toEqual([2, 3, 1, 4, 5])
    expect(owners.slice(3).map(({ score, reasons }) => [score, reasons])).toEqual([
      [0, []],
      [0, []],
    ])
    expect(owners[0]!.reasons).toEqual([{ code: 'covers-cell', cell: `cell ${WEST}` }])
    expect([suggested, conflict]).toEqual([2, false])
    // Outside every cell only who covers the whole area has it.
    expect(suggestOwners(at(null), all, none).owners.filter(({ covers }) => covers)).toMatchObject([
      { department: { id: 1 } },
    ])
  })

  test('a department whose cells are all gone does not cover the whole area', () => {
    expect(suggestOwners(at(WEST), [department(1, [], RUBBISH)], none)).toMatchObject({
      owners: [{ covers: false, reasons: [] }],
      suggested: null,
    })
  })

  test('history decides among those who cover alike, and says so', () => {
    const all = [department(1, undefined, RUBBISH), department(2, undefined, RUBBISH)]
    const history = { near: true, of: 15, handled: new Map([[2, { handled: 12, inTime: 11 }]]) }
    const { owners, suggested, conflict } = suggestOwners(at(WEST), all, history)
    expect([suggested, conflict]).toEqual([2, true])
    expect(owners[0]!.reasons).toEqual([
      { code: 'covers-everywhere' },
      { code: 'handled-alike', handled: 12, of: 15, near: true },
    ])
    expect(suggestOwners(at(WEST, 'critical'), all, history).owners[0]!.reasons).toContainEqual({
      code: 'in-time',
      inTime: 11,
      of: 12,
    })
  })

  test('a narrower one goes before a wider one that handled all of it; of two alike none is suggested', () => {
    const history = { near: true, of: 9, handled: new Map([[1, { handled: 9, inTime: 9 }]]) }
    const all = [department(1, undefined, RUBBISH), department(2, [COMMUNITY], RUBBISH)]
    expect(suggestOwners(at(WEST, 'critical'), all, history).suggested).toBe(2)
    const alike = [department(1, undefined, RUBBISH), department(2, undefined, RUBBISH)]
    expect(suggestOwners(at(WEST), alike, none)).toMatchObject({ suggested: null, conflict: true })
  })

  test('who covers it goes before who handled all of it; one of two cases is nothing to be sure by', () => {
    const all = [department(1, undefined, RUBBISH), department(2, undefined)]
    const often = { near: false, of: 10, handled: new Map([[2, { handled: 10, inTime: 10 }]]) }
    expect(suggestOwners(at(WEST, 'high'), all, often).owners.map(({ department: { id } }) => id)).toEqual([
      1, 2,
    ])
    const few = { near: false, of: 2, handled: new Map([[2, { handled: 2, inTime: 2 }]]) }
    expect(suggestOwners(at(WEST), [all[1]!], few).suggested).toBeNull()
    expect(suggestOwners(at(WEST), [all[1]!], often).suggested).toBe(2)
  })
})

describe('coverage', () => {
  const grids = [
    { code: WEST, name: 'west' },
    { code: EAST, name: 'east' },
  ]
  const of = (...departments: CoveringDepartment[]) => findCoverage(departments, grids, [RUBBISH])[0]!

  test('gaps are named by grid, a grid covered in some of its micro-grids only is partly one', () => {
    expect(of().gaps).toHaveLength(2)
    expect(of(department(1, [`${EAST}01`], RUBBISH), department(2, [WEST], BIN))).toMatchObject({
      gaps: [
        { name: 'west', partly: false },
        { name: 'east', partly: true },
      ],
      conflicts: [],
    })
  })

  test('two with areas of one level are in conflict, a narrower one beside a wider one is not', () => {
    expect(of(department(1, undefined, RUBBISH), department(2, [COMMUNITY], RUBBISH))).toMatchObject({
      gaps: [],
      conflicts: [],
    })
    expect(
      of(department(1, undefined, RUBBISH), department(2, undefined, RUBBISH), department(3, [WEST], RUBBISH))
        .conflicts,
    ).toEqual([
      {
        departments: [
          { id: 1, name: 'D1' },
          { id: 2, name: 'D2' },
        ],
        grids: [EAST],
      },
    ])
  })
})
