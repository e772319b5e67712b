// npm test: everything that a clone needs, then the checks, then unit, integration and browser tests with their counts.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureBuilt, ensureInstalled, fail, requireNode, root, step } from '../../server/cli/installed.js'

const PROJECTS = ['unit', 'integration', 'e2e']

requireNode()
// Another process, which goes on while this one waits for others.
const tools = ensureTools()
ensureInstalled()
ensureBuilt()

const failedChecks = [['biome', 'ci', '.'], ['tsc'], ['knip']].filter(([tool, ...args]) => !run(tool, args))

// So few failed files are run again by themselves: a busy machine is late now and then, and what is late is told apart.
const RUN_AGAIN_FILES = 3

const totals = { passed: 0, failed: 0, skipped: 0 }
const lines = []
const failures = []
const unsteady = []
const folder = mkdtempSync(join(tmpdir(), 'gridward-results-'))
try {
  for (const project of PROJECTS) {
    // Unit tests need none of them.
    if (project !== 'unit') await tools
    const counts = testProject(project)
    for (const key of Object.keys(totals)) totals[key] += counts[key]
    lines.push(`  ${project.padEnd(12)} ${describe(counts)}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

console.log(`\nTests by project\n${lines.join('\n')}`)
// Said once more, for what a machine prints is often read from its end.
for (const failure of unsteady) console.log(`Failed at first, passed by itself: ${failure}`)
for (const failure of failures) console.log(`Failed: ${failure}`)
for (const [tool] of failedChecks) console.log(`The check “${tool}” failed; its message is above.`)
console.log(describe(totals))
process.exit(failedChecks.length > 0 || totals.failed > 0 || totals.passed === 0 ? 1 : 0)

function testProject(project) {
  const files = runTests(project)
  const failed = [...files.values()].filter(({ counts }) => counts.failed > 0)
  if (failed.length > 0 && failed.length <= RUN_AGAIN_FILES && !files.has(project)) {
    for (const [name, again] of runTests(project, failed)) {
      if (again.counts.failed === 0 && files.has(name)) unsteady.push(...files.get(name).failures)
      files.set(name, again)
    }
  }
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const { counts, failures: told } of files.values()) {
    for (const key of Object.keys(sum)) sum[key] += counts[key]
    failures.push(...told)
  }
  return sum
}

/** The results of a project’s files by their names. Without a report of what ran the project itself has failed. */
function runTests(project, only = []) {
  const report = join(folder, `${project}-${only.length}.json`)
  const ok = run('vitest', [
    'run',
    '--project',
    project,
    ...only.map(({ name }) => relative(root, name)),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const nothing = { name: project, counts: { passed: 0, failed: 1, skipped: 0 }, failures: [project] }
  try {
    const files = JSON.parse(readFileSync(report, 'utf8')).testResults.map(readFile)
    const isComplete = ok || files.some(({ counts }) => counts.failed > 0)
    return new Map([...files, ...(isComplete ? [] : [nothing])].map((file) => [file.name, file]))
  } catch {
    return new Map([[project, nothing]])
  }
}

/** A file’s counts, and its failed tests with the first lines of why. */
function readFile({ name, status, message, assertionResults }) {
  const file = relative(root, name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  const passed = assertionResults.filter((test) => test.status === 'passed').length
  // A file that cannot be loaded has no tests that could fail.
  const isBroken = status === 'failed' && failed.length === 0
  return {
    name,
    counts: {
      passed,
      failed: failed.length + (isBroken ? 1 : 0),
      skipped: assertionResults.length - passed - failed.length,
    },
    failures: isBroken
      ? [`${file}\n${shorten(message)}`]
      : failed.map((test) => `${file}: ${test.fullName}\n${shorten(test.failureMessages.join('\n'))}`),
  }
}

function shorten(message) {
  return stripVTControlCharacters(message ?? '')
    .split('\n')
    .slice(0, 12)
    .join('\n')
    .slice(0, 2000)
}

function run(tool, args) {
  step([tool, ...args.filter((arg) => !arg.startsWith('--'))].join(' '))
  const { status, error } = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    stdio: 'inherit',
  })
  if (error) console.error(error.message)
  return status === 0
}

function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/**
 * PostgreSQL with PostGIS and pgRouting, a browser, GDAL and a reader of PDF: named at once when this may not install them.
 * Resolves when they are there.
 */
async function ensureTools() {
  const missing = missingPackages()
  if (missing.length === 0) return
  const command = `apt-get install ${missing.join(' ')}`
  const isRoot = process.getuid?.() === 0
  const hasApt = existsSync('/usr/bin/apt-get')
  if (!isRoot || !hasApt) {
    fail(
      `The tests need ${missing.join(', ')}. ${
        hasApt
          ? `Install them and run npm test again: sudo ${command}`
          : 'Install PostgreSQL ≥ 15 with PostGIS ≥ 3.3 and pgRouting below /usr/lib/postgresql, Chromium as /usr/bin/chromium, ' +
            'GDAL’s command line tools and poppler’s; on Debian or Ubuntu: ' +
            `apt-get install ${missing.join(' ')}`
      }`,
    )
  }
  step(`Installing ${missing.join(', ')} (apt-get) meanwhile`)
  const options = '-qq -o Dpkg::Use-Pty=0'
  const apt = spawn(
    'sh',
    [
      '-c',
      `apt-get ${options} update && apt-get ${options} install -y --no-install-recommends "$@"`,
      'sh',
      ...missing,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    },
  )
  const [status] = await once(apt, 'exit')
  if (status !== 0) fail(`“${command}” failed; its message is above.`)
  step('Installed what the tests need')
}

function missingPackages() {
  const newest = servers()[0] ?? 15
  const hasServer = servers().length > 0
  // The library itself: the scripts beside it are a package of their own, which may be there alone.
  const hasPostgis = existsSync(`/usr/lib/postgresql/${newest}/lib/postgis-3.so`)
  return [
    hasServer ? undefined : `postgresql-${newest}`,
    hasServer && hasPostgis ? undefined : `postgresql-${newest}-postgis-3`,
    hasServer && hasPgRouting(newest) ? undefined : `postgresql-${newest}-pgrouting`,
    existsSync('/usr/bin/chromium') ? undefined : 'chromium',
    existsSync('/usr/bin/ogrinfo') ? undefined : 'gdal-bin',
    existsSync('/usr/bin/pdftotext') ? undefined : 'poppler-utils',
  ].filter(Boolean)
}

/** Beside the server; its library carries a version in its name. */
function hasPgRouting(version) {
  return readdirSync(`/usr/lib/postgresql/${version}/lib`).some((name) => name.startsWith('libpgrouting'))
}

/** Major versions of the PostgreSQL servers here that are new enough, newest first. */
function servers() {
  try {
    return readdirSync('/usr/lib/postgresql')
      .filter((version) => Number(version) >= 15 && existsSync(`/usr/lib/postgresql/${version}/bin/postgres`))
      .sort((a, b) => Number(b) - Number(a))
  } catch {
    return []
  }
}
