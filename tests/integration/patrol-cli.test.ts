import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { TOMORROW } from '../support/evening.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { runCommand } from '../support/run-command.ts'
import { twoAreas } from '../support/two-areas.ts'

const SHIFT = ['--shift', `${TOMORROW}T18:00/22:00`]

// The database stays open in this process all the while, as it is while a server runs.
onBothDatabases('gridward plan', (context) => {
  twoAreas(context)
  const call = callApi(context)
  let folder = ''
  let sites: number[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gridward-cli-plan-'))
    sites = await patrolTown(context, 12)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const plan = (...args: string[]) => runCommand(context, 'plan', ...args)

  test('writes the rounds of four teams, the same for the same seed, and keeps a draft when asked', async () => {
    const output = join(folder, 'plan.geojson')
    const args = [...SHIFT, '--teams', '4', '--iterations', '300', '--start', '120.0001,31.0001']
    const first = await plan(...args, '-o', output, '--save', '夜巡').ended
    expect(first.code, first.stderr).toBe(0)
    expect(first.stderr).toContain('Every visit that is due is made')
    const file = JSON.parse(await readFile(output, 'utf8'))
    const stops = file.features.filter(
      ({ properties }: { properties: { kind: string } }) => properties.kind === 'stop',
    )
    expect(
      stops.map(({ properties }: { properties: { checkpointId: number } }) => properties.checkpointId).sort(),
    ).toEqual([...sites].sort())
    expect(await readdir(folder)).toEqual(['plan.geojson'])
    const again = await plan(...args).ended
    expect(JSON.parse(again.stdout).features).toEqual(file.features)
    const [draft] = (await call('GET', '/patrols/plans')).body.plans
    expect(draft).toMatchObject({ name: '夜巡', state: 'draft', teams: 4, stops: 12, createdBy: 'cli' })
  })

  test('another format by the name of the file, and an area without a site is an empty plan', async () => {
    const output = join(folder, 'plan.gpx')
    const { code, stderr } = await plan(...SHIFT, '--area', '990101001002', '--iterations', '1', '-o', output)
      .ended
    expect(code, stderr).toBe(0)
    expect(await readFile(output, 'utf8')).toContain('<gpx ')
  })

  test('what is asked wrongly is told before anything is planned', async () => {
    for (const [args, said] of [
      [['--shift', 'tonight'], '2026-11-22T18:00/22:00'],
      [[...SHIFT, '--teams', '0'], 'whole number from 1 to 100'],
      [[...SHIFT, '--area', '12'], 'area'],
      [[...SHIFT, '--area', '990101001777', '--iterations', '1'], '990101001777'],
      [[...SHIFT, '--iterations', '1', '-o', join(folder, 'none', 'plan.geojson')], 'does not exist'],
    ] as const) {
      const { code, stderr } = await plan(...args).ended
      expect(code, args.join(' ')).toBe(1)
      expect(stderr).toContain(said)
    }
  })

  test('an interrupt ends the search, and the best so far is written', async () => {
    const output = join(folder, 'best.geojson')
    const { child, ended, told } = plan(
      ...SHIFT,
      '--seconds',
      '300',
      '--iterations',
      '10000000',
      '-o',
      output,
    )
    while (!told().includes('visits,') && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 50))
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect(code, stderr).toBe(0)
    expect(JSON.parse(await readFile(output, 'utf8')).features.length).toBeGreaterThan(12)
  })
})
