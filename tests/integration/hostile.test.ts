import { homedir } from 'node:os'
import { expect, test } from 'vitest'
import { type Attack, attackOn, type Document, operationsOf, seeded } from '../support/attack-requests.ts'
import { type DatabaseContext, onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { oneOfEach } from '../support/one-of-each.ts'

/** On each engine half of them, some five for each operation. More with GRIDWARD_TEST_ATTACKS: 50,000 take some minutes. */
const ATTACKS = Number(process.env.GRIDWARD_TEST_ATTACKS ?? 2000)
const SEED = Number(process.env.GRIDWARD_TEST_SEED ?? 20261122)
const HANG_MS = 5000
const AT_ONCE = 4
const MOST_BYTES = 300_000

/** What nobody outside needs to know; attacks hold none of it themselves. */
const LEAKS: readonly RegExp[] = [
  /root:[^\n]*:0:0:/,
  /node_modules/,
  /\bat (?:async )?[\w.<>]+ \(\S+:\d+:\d+\)/,
  /\.ts:\d+/,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b/,
  /\bpg_(?!sleep)\w+/,
  /relation "|column "|syntax error at|invalid input syntax|violates|PostgresError|out of range for type/,
  /password_hash|secret_hash|scrypt/,
  new RegExp(`${process.cwd()}|${homedir()}/`),
]

interface Outcome {
  status: number
  milliseconds: number
  headers: string
  text: string
}

async function send(app: TestApp, { method, url, headers, body }: Attack): Promise<Outcome> {
  const began = performance.now()
  const response = await app.request(url, {
    method,
    headers,
    ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
  })
  const told = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  const text = await textOf(response)
  return { status: response.status, milliseconds: performance.now() - began, headers: told, text }
}

/** The beginning of an answer; one of an event stream has no end. */
async function textOf(response: Response): Promise<string> {
  if (!response.body) return ''
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body.cancel()
    return ''
  }
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let text = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return text
    text += decoder.decode(value, { stream: true })
    if (text.length > MOST_BYTES) {
      await reader.cancel()
      return text
    }
  }
}

function complaintAbout({ at, body, url }: Attack, { status, headers, text }: Outcome): string | undefined {
  const said = `${at}\n  ${url.slice(0, 300)}\n  ${body?.slice(0, 300) ?? ''}\n  ${status} ${text.slice(0, 1500)}`
  // A load that is refused for now is no failure; a database that cannot make sense of a value is.
  if (status >= 500 && !(status === 503 && /not in demo mode|provider|Too many/.test(text)))
    return `failed: ${said}`
  const leak = LEAKS.find((pattern) => pattern.test(text) || pattern.test(headers))
  if (leak) return `leaks ${leak}: ${said}`
  if (/^(?:set-cookie: stolen|x-forged)/im.test(headers)) return `header injected: ${said}`
  return undefined
}

async function attack(context: DatabaseContext, count: number) {
  const app = await context.app()
  const stranger = await context.appFor('as-signed-in')
  const document = (await (await app.request('/api/openapi.json')).json()) as Document
  const operations = operationsOf(document)
  const random = seeded(SEED)
  const complaints: string[] = []
  const statuses = new Map<number, number>()
  const slow: { asker: TestApp; made: Attack }[] = []
  let slowest = { milliseconds: 0, at: '' }
  let done = 0

  async function strike(): Promise<void> {
    const index = done++
    const target = operations[index % operations.length]!
    // Imports start a process each.
    if (target.path === '/api/v1/imports' && target.method === 'POST' && random() < 0.9) return
    const made = attackOn(target, document, random)
    const asker = 'authorization' in made.headers || 'cookie' in made.headers ? stranger : app
    const outcome = await send(asker, made)
    if (outcome.milliseconds > slowest.milliseconds)
      slowest = { milliseconds: outcome.milliseconds, at: made.at }
    if (outcome.milliseconds > HANG_MS) slow.push({ asker, made })
    statuses.set(outcome.status, (statuses.get(outcome.status) ?? 0) + 1)
    const complaint = complaintAbout(made, outcome)
    if (complaint) complaints.push(`${index}: ${complaint}`)
  }
  const began = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (done < count && complaints.length < 30) await strike()
    }),
  )
  const seconds = (performance.now() - began) / 1000
  // A machine that does other things as well is slow, not hanging: asked again and alone, one time is quick enough.
  for (const { asker, made } of slow) {
    let quickest = Number.POSITIVE_INFINITY
    for (let again = 0; again < 5 && quickest > HANG_MS; again++)
      quickest = Math.min(quickest, (await send(asker, made)).milliseconds)
    if (quickest > HANG_MS) complaints.push(`took ${quickest} ms: ${made.at} ${made.url.slice(0, 300)}`)
  }
  const told = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`)
  console.log(
    `${context.engine}: ${done} attacks on ${operations.length} operations in ${seconds.toFixed(0)} s; ${told.join(', ')}; ` +
      `slowest ${slowest.milliseconds.toFixed(0)} ms (${slowest.at})`,
  )
  return { complaints, statuses, app }
}

onBothDatabases('Hostile requests to every described operation', (context) => {
  test(
    'none makes the server fail, hang, tell of its insides or pollute a prototype',
    async () => {
      await oneOfEach(context)
      const { complaints, statuses, app } = await attack(context, ATTACKS / 2)
      expect(complaints).toEqual([])
      expect(Object.keys(Object.prototype)).toEqual([])
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
      // Where nearly all were refused at the door, nothing behind it was tried.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(ATTACKS / 20)
      expect((await app.request('/readyz')).status).toBe(200)
    },
    60_000 + ATTACKS * 60,
  )
})
