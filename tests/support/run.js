// npm test: everything that a clone needs, then the checks, then unit, integration and browser tests with their counts.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, fail, requireNode, root, step } from '../../server/cli/installed.js'

const PROJECTS = ['unit', 'integration', 'e2e']

requireNode()
ensureInstalled()
ensureTools()
ensureBuilt()

const failedChecks = [['biome', 'ci', '.'], ['tsc'], ['knip']].filter(([tool, ...args]) => !run(tool, args))

const totals = { passed: 0, failed: 0, skipped: 0 }
const lines = []
const folder = mkdtempSync(join(tmpdir(), 'gridward-results-'))
try {
  for (const project of PROJECTS) {
    const counts = testProject(project)
    for (const key of Object.keys(totals)) totals[key] += counts[key]
    lines.push(`  ${project.padEnd(12)} ${describe(counts)}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

console.log(`\nTests by project\n${lines.join('\n')}`)
for (const [tool] of failedChecks) console.log(`The check “${tool}” failed; its message is above.`)
console.log(describe(totals))
process.exit(failedChecks.length > 0 || totals.failed > 0 || totals.passed === 0 ? 1 : 0)

function testProject(project) {
  const report = join(folder, `${project}.json`)
  const ok = run('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    // A file that cannot be loaded has no tests that could fail.
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    ).length
    const failed = numFailedTests + broken
    return {
      passed: numPassedTests,
      failed: ok ? failed : Math.max(failed, 1),
      skipped: numPendingTests + numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
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

/** PostgreSQL with PostGIS and pgRouting, a browser, GDAL and a reader of PDF: installed when this may, named when not. */
function ensureTools() {
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
  step(`Installing ${missing.join(', ')} (apt-get)`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    }).status === 0
  if (!apt('update') || !apt('install', '-y', '--no-install-recommends', ...missing))
    fail(`“${command}” failed; its message is above.`)
  step('Installed')
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
