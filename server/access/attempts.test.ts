import { expect, test } from 'vitest'
import { limitAttempts } from './attempts.ts'

const refused = { code: 'too-many-requests', extra: { retryAfterSeconds: expect.any(Number) } }

/** How often a password may be tried before it is refused. */
async function triesOf(
  attempts: ReturnType<typeof limitAttempts>,
  address: (at: number) => string,
  name: (at: number) => string,
) {
  for (let at = 0; at < 1000; at++) {
    const outcome = await attempts.begin(address(at), name(at)).catch((problem: unknown) => problem)
    if (outcome) {
      expect(outcome).toMatchObject(refused)
      return at
    }
  }
  return Number.POSITIVE_INFINITY
}

test('one person from one address is tried ten times', async () => {
  expect(
    await triesOf(
      limitAttempts(),
      () => '192.0.2.1',
      () => 'chen',
    ),
  ).toBe(10)
})
test('one person from ever new addresses is tried fifty times', async () => {
  expect(
    await triesOf(
      limitAttempts(),
      (at) => `192.0.2.${at}`,
      () => 'chen',
    ),
  ).toBe(50)
})
test('a machine that asks from ever new addresses of its IPv6 network is one address', async () => {
  expect(
    await triesOf(
      limitAttempts(),
      (at) => `2001:db8:0:7::${at.toString(16)}:1`,
      () => 'chen',
    ),
  ).toBe(10)
  expect(
    await triesOf(
      limitAttempts(),
      (at) => `2001:db8::7:${at.toString(16)}:0:0:1`,
      (at) => `name-${at}`,
    ),
  ).toBe(200)
})
test('an answer that names nobody takes from the address alone', async () => {
  const attempts = limitAttempts()
  for (let at = 0; at < 150; at++) await attempts.begin('192.0.2.1', undefined)
  await expect(attempts.begin('192.0.2.1', 'chen')).resolves.toBeUndefined()
  for (let at = 0; at < 49; at++) await attempts.begin('192.0.2.1', undefined)
  await expect(attempts.begin('192.0.2.1', undefined)).rejects.toMatchObject(refused)
  await expect(attempts.begin('192.0.2.2', undefined)).resolves.toBeUndefined()
})
test('ever new names from one address are tried two hundred times', async () => {
  expect(
    await triesOf(
      limitAttempts(),
      () => '192.0.2.1',
      (at) => `name-${at}`,
    ),
  ).toBe(200)
})
test('strangers who used up a person’s tries do not lock out the address that they sign in from', async () => {
  const attempts = limitAttempts()
  await attempts.begin('203.0.113.7', 'chen')
  await attempts.succeed('203.0.113.7', 'chen')
  await triesOf(
    attempts,
    (at) => `192.0.2.${at}`,
    () => 'chen',
  )
  await expect(attempts.begin('198.51.100.1', 'chen')).rejects.toMatchObject(refused)
  await expect(attempts.begin('203.0.113.7', 'chen')).resolves.toBeUndefined()
  await expect(attempts.begin('198.51.100.1', 'lin')).resolves.toBeUndefined()
})
test('a right password takes nothing away: signing in again and again is no attack', async () => {
  const attempts = limitAttempts()
  for (let at = 0; at < 300; at++) {
    await attempts.begin('192.0.2.1', 'chen')
    await attempts.succeed('192.0.2.1', 'chen')
  }
})
