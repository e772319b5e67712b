// Runs after npm install. Mends postgres.js, sets the git hooks, and links the package's own command, which npm does for dependencies
// only, so that `npx gridward` finds it in a clone.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { patchPostgres } from '../platform/patch-postgres.js'
import { markInstalled, root } from './installed.js'

if (existsSync(`${root}.git`)) {
  const git = spawnSync('git', ['config', 'core.hooksPath', '.githooks'], { cwd: root })
  if (git.status !== 0) console.warn('The git hooks were not set; git is missing or refused.')
}

const bin = `${root}node_modules/.bin`
mkdirSync(bin, { recursive: true })
rmSync(`${bin}/gridward`, { force: true })
symlinkSync('../../server/cli/gridward.js', `${bin}/gridward`)

patchPostgres()
markInstalled()
