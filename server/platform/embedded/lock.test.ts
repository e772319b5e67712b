import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findHolder } from './lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridward-lock-'))
const file = join(folder, 'lock', '4000000.other-start.json')
mkdirSync(join(folder, 'lock'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a process of another container with this hostname keeps its lock while it gives signs of life', () => {
  const entry = { pid: 4_000_000, start: 'other-start', parentPid: 1, parentStart: 'x', role: 'server' }
  const elsewhere = { host: hostname(), namespace: 'pid:[1]', socketPath: '/nonexistent/socket', since: '' }
  writeFileSync(file, JSON.stringify({ ...entry, ...elsewhere, ready: true }))
  expect(findHolder(folder)).toMatchObject({ pid: 4_000_000, orphaned: false })
  expect(findHolder(folder)!.staleInSeconds).toBeGreaterThan(100)
  const longAgo = new Date(Date.now() - 200_000)
  utimesSync(file, longAgo, longAgo)
  expect(findHolder(folder)).toBeUndefined()
})
