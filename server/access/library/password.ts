import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { takeTurns } from '../../platform/take-turns.ts'

/** OWASP Password Storage Cheat Sheet, scrypt: N = 2^17, r = 8, p = 1, which takes 128 MB and a third of a second. */
const COST = { N: 2 ** 17, r: 8, p: 1 }
const KEY_BYTES = 32
const STORED = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]{22})\$([\w-]{43})$/

const inTurns = takeTurns(2, 100, 'Too many are signing in at once. Try again in a moment.')

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

export async function verifyPassword({
  hash,
  password,
}: {
  hash: string
  password: string
}): Promise<boolean> {
  const [, n, r, p, salt, key] = STORED.exec(hash) ?? []
  if (key === undefined || salt === undefined) return false
  const expected = Buffer.from(key, 'base64url')
  const cost = { N: Number(n), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), expected)
}

/** As long as it takes to look a password up: for people whom there are not. */
export async function verifyNothing(password: string): Promise<void> {
  await derive(password, randomBytes(16), COST)
}

/** 79 bits of letters and digits that are not mistaken for each other, in groups of four to read aloud. */
export function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}

/** One way of writing a password however the keyboard composed it (NIST SP 800-63B §3.1.1.2). */
function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return inTurns(
    () =>
      new Promise((resolve, reject) => {
        const maxmem = 160 * (cost.N ?? 1) * (cost.r ?? 1)
        scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem }, (error, key) =>
          error ? reject(error) : resolve(key),
        )
      }),
  )
}
