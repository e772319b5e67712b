import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openDatabase } from '../../server/platform/database.ts'
import { POSTGRES_MAJOR, pgdataOf } from '../../server/platform/embedded/folder.ts'
import { findHolder } from '../../server/platform/embedded/lock.ts'
import { type EmbeddedRole, openEmbedded } from '../../server/platform/embedded/open.ts'
import { copyTemplate } from '../support/embedded-template.ts'
import { killRounds } from '../support/kill-rounds.ts'
import { startServer } from '../support/start-server.ts'
import { testEnv } from '../support/test-env.ts'

let base: string
let made = 0
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'gridward-test-'))
})
afterAll(() => rm(base, { recursive: true, force: true }))

const newFolder = () => join(base, String(made++))
async function freshFolder(): Promise<string> {
  const folder = newFolder()
  await copyTemplate(inject('embeddedTemplate'), folder)
  return folder
}
const open = (dataFolder: string, role: EmbeddedRole) => openDatabase(testEnv({ dataFolder }), role)
const contentOf = async (folder: string) =>
  Promise.all(
    (await readdir(folder)).sort().map(async (name) => [name, await readFile(join(folder, name), 'utf8')]),
  )

/** A process of its own that has the folder open until it is killed. */
async function holdElsewhere(folder: string, role: EmbeddedRole): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../support/hold-folder.ts', import.meta.url))
  const args = ['--import', import.meta.resolve('tsx'), script, folder, role]
  const holder = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => createInterface(holder.stdout).once('line', resolve))
  return holder
}
const killed = (process: ChildProcess) =>
  new Promise((resolve) => {
    process.once('exit', resolve)
    process.kill('SIGKILL')
  })

describe('the folder is locked', () => {
  test('a second server is refused and told who has it', async () => {
    const folder = await freshFolder()
    const first = await open(folder, 'server')
    await expect(open(folder, 'server')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        `in use by a running Gridward server \\(process ${process.pid} on ${hostname()}`,
      ),
    })
    await first.close()
    expect(await readdir(join(folder, 'lock'))).toEqual([])
  })

  test('commands join a running server and see what it wrote', async () => {
    const folder = await freshFolder()
    const server = await open(folder, 'server')
    await server.sql`CREATE TABLE shared (id integer)`
    const commands = await Promise.all([open(folder, 'command'), open(folder, 'command')])
    for (const command of commands) await command.sql`INSERT INTO shared VALUES (1)`
    await Promise.all(commands.map((command) => command.close()))
    expect(await server.sql`SELECT count(*) AS rows FROM shared`).toEqual([{ rows: 2 }])
    await server.close()
  })

  test('of servers that start at the same moment exactly one gets it', async () => {
    const folder = await freshFolder()
    const results = await Promise.allSettled([1, 2, 3].map(() => openEmbedded(folder, 'server', () => {})))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    for (const result of results) if (result.status === 'fulfilled') await result.value.close()
  })

  test('a killed server leaves a database that closes by itself, and the next server waits for it', async () => {
    const folder = await freshFolder()
    const server = await holdElsewhere(folder, 'server')
    const holder = findHolder(folder)
    expect(holder).toMatchObject({ parentPid: server.pid, role: 'server', ready: true, orphaned: false })
    await killed(server)
    const next = await open(folder, 'server')
    expect(findHolder(folder)?.parentPid).toBe(process.pid)
    // It has let go of the folder; its last moments are its own.
    await expect.poll(() => isAlive(holder!.pid), { timeout: 30_000 }).toBe(false)
    await next.close()
  })

  test('the lock of a process that is gone, its id since reused, does not lock', async () => {
    const folder = await freshFolder()
    await mkdir(join(folder, 'lock'), { recursive: true })
    await writeFile(join(folder, 'lock', `${process.pid}.long-ago.json`), '{}')
    await writeFile(join(folder, 'lock', '999999999.damaged.json'), '{"pid":')
    const database = await open(folder, 'server')
    expect(await readdir(join(folder, 'lock'))).toHaveLength(1)
    await database.close()
  })

  test('a damaged lock of a living process still locks', async () => {
    const folder = await freshFolder()
    const server = await open(folder, 'server')
    const [name] = await readdir(join(folder, 'lock'))
    await writeFile(join(folder, 'lock', name!), '{"pid": 1')
    expect(findHolder(folder)).toMatchObject({ orphaned: false, pid: Number(name!.split('.')[0]) })
    await server.close()
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a folder that is not ours to open is refused and left as it was', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['somebody’s files', { 'thesis.txt': 'years of work' }, /did not make \(thesis\.txt\)/],
    ['a newer format', { 'gridward.json': '{"format": 99}' }, /newer Gridward \(format 99/],
    ['a damaged marker', { 'gridward.json': '{"for' }, /gridward\.json that cannot be read/],
    ['no data below the marker', { 'gridward.json': '{"format": 1}' }, /lost its pgdata/],
  ])('%s', async (_, files, message) => {
    const folder = newFolder()
    await mkdir(folder)
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const before = await contentOf(folder)
    await expect(open(folder, 'server')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(message),
    })
    expect(await contentOf(folder)).toEqual(before)
  })

  test('a database of another PostgreSQL', async () => {
    const folder = await freshFolder()
    await writeFile(join(pgdataOf(folder), 'PG_VERSION'), `${POSTGRES_MAJOR + 1}\n`)
    await expect(open(folder, 'server')).rejects.toThrow(`PostgreSQL ${POSTGRES_MAJOR + 1}`)
    expect(findHolder(folder)).toBeUndefined()
  })

  test('a database with a migration of a newer version', async () => {
    const folder = await freshFolder()
    const database = await open(folder, 'server')
    await database.sql`INSERT INTO gridward_migration (name) VALUES ('9999_future.sql')`
    await database.close()
    await expect(open(folder, 'server')).rejects.toThrow('9999_future.sql')
    expect(findHolder(folder)).toBeUndefined()
  })
})

// A database is created or recovered several times.
describe('kill -9', { timeout: 240_000 }, () => {
  test('during the first creation: the next start begins again', async () => {
    const folder = newFolder()
    const creating = spawn(
      process.execPath,
      [
        '--import',
        import.meta.resolve('tsx'),
        fileURLToPath(new URL('../support/hold-folder.ts', import.meta.url)),
        folder,
        'server',
      ],
      { detached: true, stdio: 'ignore' },
    )
    const exited = new Promise((resolve) => creating.once('exit', resolve))
    const filesOfData = async () => (await readdir(join(folder, 'pgdata')).catch(() => [])).length
    await expect.poll(filesOfData, { timeout: 60_000, interval: 20 }).toBeGreaterThan(3)
    process.kill(-creating.pid!, 'SIGKILL')
    await exited
    expect(await readdir(folder)).toContain('gridward.creating.json')
    const database = await open(folder, 'server')
    expect((await readdir(folder)).sort()).toEqual(['gridward.json', 'lock', 'pgdata'])
    expect(await readFile(join(folder, 'pgdata', 'PG_VERSION'), 'utf8')).toBe(`${POSTGRES_MAJOR}\n`)
    await database.close()
  })

  test('of the database alone: its server is told, and what was acknowledged is there on opening', async () => {
    const folder = await freshFolder()
    const database = await open(folder, 'server')
    await database.sql`CREATE TABLE kept (id integer)`
    await database.sql`INSERT INTO kept SELECT generate_series(1, 1000)`
    process.kill(findHolder(folder)!.pid, 'SIGKILL')
    expect(await database.lost).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('SIGKILL'),
    })
    await database.close()
    const again = await open(folder, 'server')
    expect(await again.sql`SELECT count(*) AS rows FROM kept`).toEqual([{ rows: 1000 }])
    await again.close()
  })

  test('of the database under “gridward serve”: it answers again on the same address', async () => {
    const folder = await freshFolder()
    const server = await startServer(folder)
    process.kill(findHolder(folder)!.pid, 'SIGKILL')
    const status = async () =>
      findHolder(folder)?.ready
        ? fetch(`${server.url}/readyz`).then(
            (response) => response.status,
            () => 0,
          )
        : 0
    await expect.poll(status, { timeout: 100_000, interval: 200 }).toBe(200)
    await server.stop()
    expect(findHolder(folder)).toBeUndefined()
  })

  test('again and again during writes: nothing acknowledged is lost, nothing is half there', async () => {
    const folder = newFolder()
    await copyTemplate(inject('embeddedTemplate'), join(folder, 'data'))
    const report = await killRounds(folder, 2)
    expect(report.acknowledged).toBeGreaterThan(0)
    expect(report).toMatchObject({ lost: [], halves: [] })
  })
})
