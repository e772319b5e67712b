import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { staticFiles } from './static.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridward-embed-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><script>1</script>')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function ancestors(
  path: string,
  value?: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const { embedOrigins } = readEnv(value === undefined ? {} : { GRIDWARD_EMBED_ORIGINS: value })
  const app = await staticFiles(folder, { embedOrigins })
  const answer = await app.request(path, { headers })
  return /frame-ancestors ([^;]*)/.exec(answer.headers.get('content-security-policy') ?? '')![1]!
}

test('only the read-only page may be framed, by this origin alone unless others are named', async () => {
  expect(await ancestors('/')).toBe("'none'")
  expect(await ancestors('/?embed=0')).toBe("'none'")
  expect(await ancestors('/?at=1&embedded=1')).toBe("'none'")
  expect(await ancestors('/?embed=1')).toBe("'self'")
  expect(await ancestors('/?embed&lang=zh')).toBe("'self'")
  expect(await ancestors('/index.html?embed=1')).toBe("'self'")
})

test('the origins of the setting are named to the browser, for the read-only page alone', async () => {
  const origins = 'self, https://www.example.org https://*.gov.example:8443'
  expect(await ancestors('/?embed=1', origins)).toBe(
    "'self' https://www.example.org https://*.gov.example:8443",
  )
  expect(await ancestors('/', origins)).toBe("'none'")
  expect(await ancestors('/?embed=1', 'none')).toBe("'none'")
})

test('a page that the browser has kept is not framed by an older policy', async () => {
  const app = await staticFiles(folder, { embedOrigins: ["'self'"] })
  const etag = (await app.request('/')).headers.get('etag')!
  const again = await app.request('/?embed=1', { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  expect(again.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
})

test('a setting that would end the directive or is no origin is refused by name', () => {
  for (const value of [
    'https://a.example; script-src *',
    'https://a.example/path',
    'example.org',
    'javascript:alert(1)',
    'none https://a.example',
    "'unsafe-inline'",
    'https://a.example\r\nx: y',
  ])
    expect(() => readEnv({ GRIDWARD_EMBED_ORIGINS: value }), value).toThrow(/GRIDWARD_EMBED_ORIGINS/)
})
