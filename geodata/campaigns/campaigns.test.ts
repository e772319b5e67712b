import { describe, expect, test } from 'vitest'
import { generateDemo } from '../demo/generate-demo.ts'
import { writeCampaigns } from '../demo/write-campaigns.ts'
import { parseCsv } from '../dispatch/hotline/parse-csv.ts'
import { addDays, afterVisit, dayOf, type Outcome } from './after-visit.ts'
import { readAlarmRows } from './read-alarm-rows.ts'

describe('after a visit', () => {
  const standing = (outcome: Outcome | null, reinspectOn: string | null = null) => ({ outcome, reinspectOn })
  const checked = (findings: { fixed: boolean }[] = [], reinspectOn: string | null = null) => ({
    outcome: 'checked' as const,
    findings,
    on: '2026-02-27',
    reinspectOn,
  })
  const shut = { ...checked(), outcome: 'no-access' as const }

  test('nobody being let in takes nothing back, and asks for another try', () => {
    expect(afterVisit(standing(null), shut, 2)).toEqual(standing('no-access', '2026-03-01'))
    expect(afterVisit(standing('passed'), shut, 2)).toEqual(standing('passed', '2026-03-01'))
    expect(afterVisit(standing('findings', '2026-03-05'), shut, 2)).toEqual(
      standing('findings', '2026-03-05'),
    )
  })

  test('one finding that was not put right on the spot keeps all of them open, with a day for another look', () => {
    expect(afterVisit(standing(null), checked([{ fixed: true }, { fixed: false }]), 14)).toEqual(
      standing('findings', '2026-03-13'),
    )
    expect(afterVisit(standing(null), checked([{ fixed: false }], '2026-03-02'), 14).reinspectOn).toBe(
      '2026-03-02',
    )
    expect(afterVisit(standing(null), checked([{ fixed: true }]), 14)).toEqual(standing('closed'))
  })

  test('a place without findings passed, or is closed where there had been some', () => {
    expect(afterVisit(standing(null), checked(), 14)).toEqual(standing('passed'))
    expect(afterVisit(standing('no-access', '2026-03-01'), checked(), 14)).toEqual(standing('passed'))
    expect(afterVisit(standing('findings', '2026-03-01'), checked(), 14)).toEqual(standing('closed'))
    expect(afterVisit(standing('closed'), checked(), 14)).toEqual(standing('closed'))
  })

  test('days are those of China and go over the ends of months and leap years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(dayOf('2026-11-20T16:00:00Z')).toBe('2026-11-21')
    expect(dayOf('2026-11-20T15:59:59Z')).toBe('2026-11-20')
  })
})

describe('a file of smoke alarms', () => {
  const read = (text: string) => {
    const table = parseCsv(text, { rows: 100, columns: 20, cell: 2000 })
    if ('fault' in table) throw new Error(table.fault.code)
    return readAlarmRows(table.rows)
  }
  const CODE = '9901010010010010100001'

  test('names its columns in either language and order; an empty cell says nothing, “-” clears', () => {
    expect(read(`数量,楼栋编码,测试日期,安装日期\r\n3,${CODE},2026/1/5,-\r\n`)).toEqual({
      rows: [
        {
          line: 2,
          code: CODE,
          count: 3,
          installedOn: null,
          batteryOn: undefined,
          testedOn: '2026-01-05',
          note: undefined,
        },
      ],
      rejected: [],
    })
  })

  test('days that are none, counts that are none and codes that come twice are told by line', () => {
    const result = read(
      [
        'code,count,tested_on',
        `${CODE},2,2026-02-30`,
        `${CODE},-1,`,
        `${CODE},2,2026年2月3日`,
        `${CODE},5,20260203`,
        '123,1,',
      ].join('\n'),
    )
    expect(result).toMatchObject({ rows: [{ line: 4, testedOn: '2026-02-03' }] })
    expect('rejected' in result && result.rejected.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      expect.stringContaining('2 tested_on is “2026-02-30”'),
      expect.stringContaining('3 count is “-1”'),
      expect.stringContaining('5 stands in line 4 already'),
      expect.stringContaining('6 “123” is not a building’s code'),
    ])
  })

  test('a first row that names no codes, or one column twice, cannot be used', () => {
    expect(read('count\n3')).toMatchObject({ fault: expect.stringContaining('expected “code”') })
    expect(read('code,count,数量\n1,2,3')).toMatchObject({ fault: expect.stringContaining('each once') })
    expect(read('')).toMatchObject({ fault: 'The file has no rows.' })
  })
})

test('the demo campaign is a third done, the same each time, and its groups have one leader each', () => {
  const nowIso = '2026-11-20T04:00:00Z'
  const layers = generateDemo({ buildings: 600, nowIso })
  const demo = writeCampaigns(layers, nowIso)
  expect(writeCampaigns(layers, nowIso)).toEqual(demo)
  const visited = demo.targets.filter(({ visit }) => visit !== null).length
  expect(visited / demo.targets.length).toBeGreaterThan(0.25)
  expect(visited / demo.targets.length).toBeLessThan(0.45)
  expect(new Set(demo.targets.map(({ outcome }) => outcome)).size).toBeGreaterThan(3)
  const leaders = demo.duties.filter(({ role }) => role === 'fire-watch-leader').map(({ holder }) => holder)
  expect(new Set(leaders).size).toBe(leaders.length)
  expect(leaders.length).toBeGreaterThan(0)
  const days = [
    ...demo.premises.flatMap((each) => [each.filedOn, each.checkedOn ?? '', each.closedOn ?? '']),
    ...demo.fireWatch.map(({ on }) => on),
  ]
  expect(days.every((day) => day <= '2026-11-20')).toBe(true)
})
