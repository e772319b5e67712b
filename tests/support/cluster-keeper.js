// Runs one throw-away PostgreSQL cluster and outlives whoever asked for it by a moment: when standard input ends, by
// whatever way that process ended (kill -9 included), the cluster is stopped and its folder removed.
// Prints one JSON line: {"port": 54321} or {"failed": "why"}.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const INSTALL = 'apt-get install postgresql-15 postgresql-15-postgis-3'
const folder = mkdtempSync(join(tmpdir(), 'gridward-postgres-'))
const asRoot = process.getuid?.() === 0
let server

function binaries() {
  let versions = []
  try {
    versions = readdirSync('/usr/lib/postgresql').filter((version) => Number(version) >= 15)
  } catch {}
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  if (!newest)
    throw new Error(`PostgreSQL 15 or newer was not found in /usr/lib/postgresql. Install it: ${INSTALL}`)
  return { bin: `/usr/lib/postgresql/${newest}/bin`, version: newest }
}

/** PostgreSQL refuses to run as root. */
const asPostgres = (program, args) =>
  asRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args]

function run(program, args) {
  const result = spawnSync(...asPostgres(program, args), { encoding: 'utf8', cwd: '/' })
  if (result.status !== 0) throw new Error(`${program} failed: ${result.error ?? result.stderr}`)
  return result.stdout
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

function stop() {
  if (server && server.exitCode === null && server.signalCode === null) {
    server.once('exit', finish)
    // runuser passes signals on; SIGINT is PostgreSQL's fast shutdown.
    server.kill('SIGINT')
    setTimeout(finish, 10_000).unref()
  } else finish()
}

function finish() {
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
process.stdin.on('end', stop).on('close', stop).resume()

try {
  const { bin } = binaries()
  chmodSync(folder, 0o700)
  if (asRoot) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout),
    )
    if (!uid) throw new Error(`There is no user "postgres". Install PostgreSQL: ${INSTALL}`)
    chownSync(folder, uid, gid)
  }
  const data = join(folder, 'data')
  run(`${bin}/initdb`, [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ])
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: 200,
    shared_buffers: '256MB',
  }
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  server = spawn(...asPostgres(`${bin}/postgres`, ['-D', data, ...options]), {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  server.stderr.on('data', (chunk) => {
    log = (log + chunk).slice(-4000)
    if (log.includes('database system is ready')) console.log(JSON.stringify({ port }))
  })
  server.on('exit', () => {
    console.log(JSON.stringify({ failed: `PostgreSQL ended. ${log}` }))
    finish()
  })
} catch (error) {
  console.log(JSON.stringify({ failed: error.message }))
  finish()
}
