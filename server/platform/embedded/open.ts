import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../../../geodata/shared/problem.ts'
import type { Progress } from '../database.ts'
import { type ChildProcess, startChild } from './child-process.ts'
import { inspectFolder } from './folder.ts'
import { findHolder, type Holder } from './lock.ts'
import { makeSocketPath } from './socket-folder.ts'

/** A server lends its database to commands; a command's database ends with the command. */
export type EmbeddedRole = 'server' | 'command'

export interface Embedded {
  socketPath: string
  /** The database belongs to a server that was running already. */
  joined: boolean
  /** Resolves when the database process ended by itself; never for a joined one. */
  lost: Promise<Problem>
  close(): Promise<void>
}

export type ChildMessage = { progress: string } | { ready: true } | { failed: string } | { held: Holder }

const POLL_MS = 150
/** A server that starts may be creating its database. */
const STARTING_MS = 180_000
const COMMAND_MS = 10_000
/** A database whose server was killed closes at once, unless a long statement keeps it busy. */
const ORPHAN_MS = 15_000

/**
 * Starts PGlite + PostGIS in a child process behind a PostgreSQL socket, or joins the one a running server has.
 * Throws `unavailable` when the folder is not ours, of another version, or held by a process that does not lend it.
 */
export async function openEmbedded(
  folder: string,
  role: EmbeddedRole,
  progress: Progress,
): Promise<Embedded> {
  const began = Date.now()
  let said = ''
  const wait = async (message: string) => {
    if (message !== said) progress(message)
    said = message
    await sleep(POLL_MS)
  }
  for (;;) {
    inspectFolder(folder)
    const holder = findHolder(folder)
    const waited = Date.now() - began
    if (!holder) {
      const child = await tryStart(folder, role, progress)
      if (child) return child
      await sleep(POLL_MS)
    } else if (holder.orphaned) {
      // Its writes are safe in the log; findHolder has just seen that the id still is that process.
      if (waited > ORPHAN_MS) process.kill(holder.pid, 'SIGKILL')
      await wait('Waiting for the database of a server that was killed to close')
    } else if (holder.staleInSeconds !== undefined && !existsSync(holder.socketPath)) {
      // Of another machine or container, with no way to its database from here.
      throw refusal(folder, holder)
    } else if (role === 'command' && holder.role === 'server') {
      if (holder.ready) return join(holder)
      if (waited > STARTING_MS) throw refusal(folder, holder)
      await wait('Waiting for the server that is starting')
    } else if (holder.role === 'command' && waited < COMMAND_MS) {
      await wait(`Waiting for a gridward command (process ${holder.parentPid}) to end`)
    } else throw refusal(folder, holder)
  }
}

async function tryStart(
  folder: string,
  role: EmbeddedRole,
  progress: Progress,
): Promise<Embedded | undefined> {
  const socketPath = makeSocketPath()
  const child: ChildProcess | undefined = await startChild({ folder, role, socketPath, progress })
  return child && { socketPath, joined: false, lost: child.lost, close: child.close }
}

const join = (holder: Holder): Embedded => ({
  socketPath: holder.socketPath,
  joined: true,
  lost: new Promise(() => {}),
  close: async () => {},
})

function refusal(folder: string, holder: Holder): Problem {
  const who = holder.role === 'server' ? 'a running Gridward server' : 'another gridward command'
  const elsewhere =
    holder.staleInSeconds === undefined
      ? ''
      : ` It runs on another machine or in another container; if it does not run any more, its lock ends in ${holder.staleInSeconds} s.`
  const todo =
    holder.role === 'server'
      ? 'Stop that server first, or give this one a folder of its own with GRIDWARD_DATA.'
      : 'Wait for that command to end and try again.'
  return new Problem(
    'unavailable',
    `The data folder ${folder} is in use by ${who} (process ${holder.parentPid} on ${holder.host}, since ${holder.since}). ${todo}${elsewhere}`,
    {
      extra: { holder: { pid: holder.parentPid, host: holder.host, role: holder.role, since: holder.since } },
    },
  )
}
