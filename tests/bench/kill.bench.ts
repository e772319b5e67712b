// npm run bench:kill -- 100: kills the writing embedded database that often and says what was lost.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killRounds } from '../support/kill-rounds.ts'

const rounds = Number(process.argv[2] ?? 100)
const folder = await mkdtemp(join(tmpdir(), 'gridward-kill-'))
try {
  const report = await killRounds(folder, rounds, (round, way, { acknowledged, lost, halves }) => {
    console.log(
      `round ${round} of ${rounds}: ${acknowledged} acknowledged before it, ${lost.length} lost, ${halves.length} half ` +
        `written; killed ${way}`,
    )
  })
  console.log(
    `${report.rounds} kills, ${report.acknowledged} acknowledged transactions, ` +
      `${report.lost.length} lost, ${report.halves.length} half written`,
  )
  process.exitCode = report.lost.length + report.halves.length > 0 ? 1 : 0
} finally {
  await rm(folder, { recursive: true, force: true })
}
