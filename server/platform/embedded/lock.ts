import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmbeddedRole } from './open.ts'
import { processStart } from './process-identity.ts'
import { isSocketFolder } from './socket-folder.ts'

/** Who has the folder open: the database process, the process it works for, and where it listens. */
export interface Holder {
  pid: number
  start: string
  parentPid: number
  parentStart: string
  host: string
  /** Process ids mean something only within it; empty where there is no such thing. */
  namespace: string
  role: EmbeddedRole
  socketPath: string
  /** Connections are answered. */
  ready: boolean
  since: string
  /** Its parent is gone: it is closing, or would if it were not busy. */
  orphaned: boolean
  /** It cannot be looked at from here: its lock ends this many seconds from now unless it gives a sign of life. */
  staleInSeconds: number | undefined
}

type Entry = Omit<Holder, 'orphaned' | 'staleInSeconds'>

export interface Lock {
  markReady(): void
  release(): void
}

/** A lock of another machine or container (a shared folder) cannot be checked; it counts while it is touched. */
const HEARTBEAT_MS = 10_000
const FOREIGN_STALE_MS = 120_000
const TRIES = 6

const NAMESPACE = processNamespace()

const isHere = (entry: Entry) => entry.host === hostname() && entry.namespace === NAMESPACE

const locksOf = (folder: string) => join(folder, 'lock')

/**
 * Takes the folder for this process, or returns who has it. Each process announces itself in a file of its own and
 * then looks for others: of two that come at the same time at least the later sees the earlier, so both can never
 * hold it; when each sees the other both step back and try again. What dead processes left is removed on the way,
 * which is safe because a file's name holds the process's id and start time.
 */
export async function acquireLock(
  folder: string,
  entry: Pick<Entry, 'parentPid' | 'role' | 'socketPath'>,
): Promise<Lock | Holder> {
  const start = processStart(process.pid) ?? 'unknown'
  const file = join(locksOf(folder), `${process.pid}.${start}.json`)
  const mine: Entry = {
    pid: process.pid,
    start,
    parentStart: processStart(entry.parentPid) ?? 'unknown',
    host: hostname(),
    namespace: NAMESPACE,
    ready: false,
    since: new Date().toISOString(),
    ...entry,
  }
  const write = () => {
    writeFileSync(`${file}.part`, JSON.stringify(mine), { mode: 0o600 })
    renameSync(`${file}.part`, file)
  }
  mkdirSync(locksOf(folder), { recursive: true, mode: 0o700 })
  for (let attempt = 1; ; attempt++) {
    write()
    const other = findHolder(folder, file)
    if (!other) break
    rmSync(file, { force: true })
    if (attempt === TRIES || other.ready) return other
    await sleep(50 + Math.random() * 200)
  }
  const heartbeat = setInterval(() => {
    const now = new Date()
    utimesSync(file, now, now)
  }, HEARTBEAT_MS)
  heartbeat.unref()
  return {
    markReady() {
      mine.ready = true
      write()
    },
    release() {
      clearInterval(heartbeat)
      rmSync(file, { force: true })
    },
  }
}

/** The living process that has the folder open, or undefined. Clears what dead ones left. */
export function findHolder(folder: string, except?: string): Holder | undefined {
  let names: string[]
  try {
    names = readdirSync(locksOf(folder))
  } catch {
    return undefined
  }
  for (const name of names) {
    const file = join(locksOf(folder), name)
    if (file === except || !name.endsWith('.json')) continue
    const entry = readEntry(file, name)
    if (!entry) continue
    if (isAlive(entry, file)) {
      const here = isHere(entry)
      const orphaned = here && processStart(entry.parentPid) !== entry.parentStart
      return { ...entry, orphaned, staleInSeconds: here ? undefined : Math.ceil(staleIn(file) / 1000) }
    }
    rmSync(file, { force: true })
    const sockets = dirname(entry.socketPath)
    if (isHere(entry) && isSocketFolder(sockets)) rmSync(sockets, { recursive: true, force: true })
  }
  return undefined
}

/**
 * The file's name alone says which process it is, so a damaged file still locks while that process lives.
 * Undefined when the file went away meanwhile.
 */
function readEntry(file: string, name: string): Entry | undefined {
  const [pid, start = ''] = name.replace(/\.json$/, '').split('.')
  const known = { pid: Number(pid), start, parentPid: 0, parentStart: '', socketPath: '', since: '' }
  try {
    return {
      ...known,
      host: hostname(),
      namespace: NAMESPACE,
      role: 'command',
      ready: false,
      ...JSON.parse(readFileSync(file, 'utf8')),
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const parent = { parentPid: process.pid, parentStart: processStart(process.pid) ?? '' }
    return { ...known, ...parent, host: hostname(), namespace: NAMESPACE, role: 'command', ready: false }
  }
}

function isAlive(entry: Entry, file: string): boolean {
  return isHere(entry) ? processStart(entry.pid) === entry.start : staleIn(file) > 0
}

/** Milliseconds; 0 when it is stale or gone. */
function staleIn(file: string): number {
  try {
    return Math.max(0, statSync(file).mtimeMs + FOREIGN_STALE_MS - Date.now())
  } catch {
    return 0
  }
}

/** Two containers may share a folder and even a hostname, yet not see each other's processes. */
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}
