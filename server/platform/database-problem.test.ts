import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { databaseProblem } from './database-problem.ts'

const said = (error: object) => databaseProblem(Object.assign(new Error('x'), error))?.message ?? ''

test('a connection that is lost in mid-write does not claim that nothing was changed', () => {
  for (const code of ['CONNECTION_CLOSED', 'ECONNRESET', '57P01']) {
    expect(said({ code })).toContain('not known whether')
    expect(said({ code })).not.toContain('Nothing was changed')
  }
  expect(said({ code: 'ECONNREFUSED', syscall: 'connect' })).toContain('Nothing was changed')
})

test('a file that is missing is no database that does not answer; a missing socket is', async () => {
  const error = await readFile('/nonexistent/file').catch((failure: unknown) => failure)
  expect(databaseProblem(error)).toBeUndefined()
  expect(said({ code: 'ENOENT', syscall: 'connect' })).toContain('does not answer')
})

test.each([
  [{ code: '28P01', message: 'password authentication failed for user "x"' }, 'password'],
  [{ code: '3D000', message: 'database "x" does not exist' }, 'does not exist'],
  [{ code: '42501', message: 'permission denied to create extension "postgis"' }, 'administrator'],
  [{ code: '57014' }, 'Try again'],
])('%o says what to do', (error, text) => {
  expect(said(error)).toContain(text)
})
