// What start, test and prepare share; plain Node, because it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { patchPostgres } from '../platform/patch-postgres.js'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const INSTALL_STAMP = join(root, 'node_modules', '.gridward-installed')
const BUILD_STAMP = join(root, 'dist', '.built-from')
/** What the built client depends on. */
const CLIENT_SOURCES = ['client', 'geodata', 'vite.config.ts', 'package-lock.json']

/** A line with the seconds since the start; reads well without a terminal. */
export function step(message) {
  const seconds = (performance.now() / 1000).toFixed(1)
  process.stderr.write(`[${seconds.padStart(6)} s] ${message}\n`)
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(
    `Gridward needs Node 20.19 or newer; this is ${process.versions.node}. Get it from https://nodejs.org.`,
  )
}

export function fail(message) {
  process.stderr.write(`gridward: ${message}\n`)
  process.exit(1)
}

const lockHash = () => digest([join(root, 'package-lock.json')])

export const markInstalled = () => writeFileSync(INSTALL_STAMP, lockHash())

/** Installs what package-lock.json says, when that changed since it was last installed. */
export function ensureInstalled() {
  if (readStamp(INSTALL_STAMP) !== lockHash()) install()
  // Here as well as in prepare.js: npm runs no scripts where ignore-scripts is set.
  patchPostgres()
}

function install() {
  step('Installing packages (npm install)')
  const npm = process.env.npm_execpath
  // Not npm ci: it removes what is there first. --no-save keeps the lock file.
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund']
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (result.status !== 0) fail('npm install failed; its own message is above. Nothing was started.')
  markInstalled()
}

/** Builds the client, when its sources changed since it was last built. */
export function ensureBuilt() {
  const sources = digest(CLIENT_SOURCES.flatMap((path) => filesUnder(join(root, path))))
  if (readStamp(BUILD_STAMP) === sources) return
  step('Building the dashboard')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (result.status !== 0) fail('The dashboard could not be built; the message is above.')
  writeFileSync(BUILD_STAMP, sources)
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function digest(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

function readStamp(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
