import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Env } from '../../server/platform/env.ts'
import { freshDatabase } from '../support/on-both-databases.ts'
import { startServer } from '../support/start-server.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Runs the command that `npx gridward` leads to, from a clone, without a terminal. */
const gridward = (args: string[], env: Record<string, string>) =>
  run(process.execPath, [`${ROOT}server/cli/gridward.js`, ...args], env)

function run(program: string, args: string[], env: Record<string, string>) {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  )
}

test('npx finds the command in a clone, without a network, and it knows its commands', async () => {
  const { code, stdout } = await run('npx', ['gridward', '--help'], { npm_config_offline: 'true' })
  expect(code).toBe(0)
  for (const name of ['serve', 'migrate', 'import', 'export', 'demo', 'token', 'people', 'doctor'])
    expect(stdout).toContain(` ${name} `)
})

test.each(['0.0.0.0', '192.168.1.5', '::', 'example.org', '127.0.0.1.example.org'])(
  'HOST=%s is refused without the address under which people reach it',
  async (HOST) => {
    const { code, stderr } = await gridward(['serve'], { HOST, GRIDWARD_DATA: '/nonexistent/gridward' })
    expect(code).toBe(1)
    expect(stderr).toContain('Set GRIDWARD_URL')
  },
)

test('a port that is no number is refused by name', async () => {
  const { code, stderr } = await gridward(['serve'], { PORT: 'eighty' })
  expect(code).toBe(1)
  expect(stderr).toContain('PORT=eighty')
})

describe.each(['embedded', 'postgres'] as const)('doctor (%s)', (engine) => {
  let fresh: { env: Env; remove(): Promise<void> }
  let env: Record<string, string>
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    env = {
      GRIDWARD_DATA: fresh.env.dataFolder,
      ...(fresh.env.databaseUrl ? { DATABASE_URL: fresh.env.databaseUrl } : {}),
    }
  })
  afterAll(() => fresh.remove())

  test('finds nothing wrong with a new database', async () => {
    const { code, stdout } = await gridward(['doctor', '--json'], env)
    const { healthy, findings } = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(healthy).toBe(true)
    expect(findings.map(({ state }: { state: string }) => state)).not.toContain('error')
    expect(findings).toContainEqual({ check: 'buildings', state: 'ok', found: '0' })
  })
})

describe('while the server runs', () => {
  let server: Awaited<ReturnType<typeof startServer>>
  let fresh: { env: Env; remove(): Promise<void> }
  beforeAll(async () => {
    fresh = await freshDatabase('embedded')
    server = await startServer(fresh.env.dataFolder)
  })
  afterAll(async () => {
    await server.stop()
    await fresh.remove()
  })

  test('commands use its database, and the server goes on', async () => {
    const [migrate, doctor] = await Promise.all([
      gridward(['migrate'], { GRIDWARD_DATA: fresh.env.dataFolder }),
      gridward(['doctor'], { GRIDWARD_DATA: fresh.env.dataFolder }),
    ])
    expect([migrate.code, doctor.code]).toEqual([0, 0])
    expect(doctor.stdout).toContain('in use by a server')
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })

  test('a token is made, used, listed without its secret and revoked while the server runs', async () => {
    const env = { GRIDWARD_DATA: fresh.env.dataFolder }
    const made = await gridward(['token', 'create', '--name', 'backup', '--role', 'viewer'], env)
    expect(made.stdout).toMatch(/^gw_[\w-]{43}\n$/)
    const ask = async () =>
      (
        await fetch(`${server.url}/api/v1/grids`, {
          headers: { authorization: `Bearer ${made.stdout.trim()}` },
        })
      ).status
    expect(await ask()).toBe(200)
    expect((await fetch(`${server.url}/api/v1/grids`)).status).toBe(401)
    const { stdout } = await gridward(['token', 'list'], env)
    expect(stdout).toMatch(/^\d+\tbackup\tviewer\t–\teverywhere\t/)
    expect(stdout).not.toContain('gw_')
    expect((await gridward(['token', 'revoke', stdout.split('\t')[0]!], env)).code).toBe(0)
    await expect.poll(ask, { timeout: 30_000 }).toBe(401)
  })

  test('what cannot be is refused in words: a role, an area, a scope, a name', async () => {
    const env = { GRIDWARD_DATA: fresh.env.dataFolder }
    for (const [args, said] of [
      [['token', 'create', '--name', 'a', '--role', 'root'], 'administrator, supervisor'],
      [['token', 'create', '--name', 'a', '--role', 'viewer', '--area', '990101001001'], '990101001001'],
      [['token', 'create', '--name', 'a', '--role', 'viewer', '--scope', 'people'], '--scope'],
      [['people', 'reset', 'nobody'], 'nobody'],
    ] as const) {
      const { code, stderr } = await gridward([...args], env)
      expect(code).toBe(1)
      expect(stderr).toContain(said)
      expect(stderr).not.toContain('    at ')
    }
  })

  test('a second server on its port is refused before anything is opened', async () => {
    const { code, stderr } = await gridward(['serve'], {
      PORT: new URL(server.url).port,
      GRIDWARD_DATA: '/tmp/unused',
    })
    expect(code).toBe(1)
    expect(stderr).toContain('used by another program')
  })

  test('the page and its files come compressed, tagged, and never from outside the folder', async () => {
    const built = await readFile(`${ROOT}dist/index.html`, 'utf8')
    const page = await fetch(`${server.url}/`)
    expect(await page.text()).toBe(built)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(built)!
    const file = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': 'br' } })
    expect(file.headers.get('content-encoding')).toBe('br')
    expect(file.headers.get('cache-control')).toContain('immutable')
    const again = await fetch(`${server.url}${script}`, {
      headers: { 'accept-encoding': 'br', 'if-none-match': file.headers.get('etag')! },
    })
    expect(again.status).toBe(304)
    for (const path of [
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/.built-from',
      '/assets/..%5c..%5cpackage.json',
    ]) {
      expect((await fetch(`${server.url}${path}`)).status).toBe(404)
    }
  })
})
