import { type ChildProcess, spawn } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { findHolder } from '../../server/platform/embedded/lock.ts'

const WRITER = fileURLToPath(new URL('./kill-writer.ts', import.meta.url))
const TSX = import.meta.resolve('tsx')

export interface KillReport {
  rounds: number
  acknowledged: number
  /** Acknowledged and not there afterwards. */
  lost: number[]
  /** Transactions of which one row is there and the other is not. */
  halves: number[]
}

interface Opening {
  acknowledged: number
  lost: number[]
  halves: number[]
}

/**
 * Kills a writing database with SIGKILL again and again, each time at a random moment and in one of three ways: the
 * database process alone (under a server that goes on asking), the server alone (its database is orphaned), or both
 * at once. After each kill all that was ever acknowledged is looked for.
 */
export async function killRounds(
  folder: string,
  rounds: number,
  onRound: (round: number, way: string, opening: Opening) => void = () => {},
): Promise<KillReport> {
  const dataFolder = join(folder, 'data')
  const acknowledgedFile = join(folder, 'acknowledged.txt')
  writeFileSync(acknowledgedFile, '')
  const total: KillReport = { rounds, acknowledged: 0, lost: [], halves: [] }
  const note = (opening: Opening) => {
    total.acknowledged = opening.acknowledged
    total.lost.push(...opening.lost)
    total.halves.push(...opening.halves)
  }
  for (let round = 1; round <= rounds; round++) {
    const way = (['database', 'server', 'both'] as const)[round % 3]!
    const { writer, opening } = await startWriter(dataFolder, acknowledgedFile)
    note(opening)
    await written(writer, acknowledgedFile)
    await wait(Math.random() * 900)
    if (way === 'database') {
      const holder = findHolder(dataFolder)
      if (holder) process.kill(holder.pid, 'SIGKILL')
      await wait(Math.random() * 400)
    }
    if (writer.exitCode !== null) throw new Error('The writer ended by itself, so the round proved nothing.')
    await kill(writer, way === 'server')
    onRound(round, way, opening)
  }
  const { writer, opening } = await startWriter(dataFolder, acknowledgedFile)
  note(opening)
  await kill(writer, false)
  return total
}

async function startWriter(dataFolder: string, acknowledgedFile: string) {
  const args = ['--import', TSX, WRITER, dataFolder, acknowledgedFile]
  // A group of its own, so that server and database can be killed together.
  const writer = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  const opening = await new Promise<Opening>((resolve, reject) => {
    createInterface(writer.stdout).once('line', (line) => resolve(JSON.parse(line)))
    writer.once('error', reject)
    writer.once('exit', (code) => reject(new Error(`The writer ended with code ${code}.`)))
  })
  return { writer, opening }
}

/** Until the writer has had its first row acknowledged: a slow machine takes a while. */
async function written(writer: ChildProcess, acknowledgedFile: string): Promise<void> {
  const before = statSync(acknowledgedFile).size
  while (statSync(acknowledgedFile).size === before && writer.exitCode === null) await wait(20)
}

function kill(writer: ChildProcess, alone: boolean): Promise<void> {
  return new Promise((resolve) => {
    if (writer.exitCode !== null || writer.signalCode !== null) return resolve()
    writer.once('exit', () => resolve())
    process.kill(alone ? writer.pid! : -writer.pid!, 'SIGKILL')
  })
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
