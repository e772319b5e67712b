import { expect, test } from 'vitest'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'

const open = openPages()
const demo = (path: string) => `${demoUrl()}/${path}`

/** Of each answer, whatever it is. */
const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}
/** Nothing runs in data, and nobody frames it. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

test('the page with map, workers and a deck.gl layer keeps to its policy, and all that it loads is told apart', async () => {
  const { page, context, errors } = await open(demo('?lang=en&theme=dark&fold=place&density=1'), {
    width: 1200,
    height: 700,
  })
  const violations: string[] = []
  await page.exposeFunction('tellViolation', (text: string) => void violations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      ;(globalThis as unknown as { tellViolation(text: string): void }).tellViolation(
        `${violatedDirective} ${blockedURI} ${sourceFile}`,
      )
    })
  })
  const seen = new Map<string, { status: number; headers: Record<string, string> }>()
  page.on('response', async (response) => {
    const { origin, pathname } = new URL(response.url())
    if (origin === demoUrl())
      seen.set(pathname, { status: response.status(), headers: await response.allHeaders() })
  })
  await page.reload()
  await settled(page)
  await expect.poll(() => page.getByTestId('density').isChecked()).toBe(true)

  // Workers draw the tiles, and the heat map is a chunk of its own; where the policy stopped one, neither would be there.
  expect(page.workers().length).toBeGreaterThan(0)
  const paths = [...seen.keys()]
  const of = (pattern: RegExp) => paths.filter((path) => pattern.test(path))
  const kinds = {
    page: of(/^\/$/),
    data: of(/^\/api\//),
    tiles: of(/\.mvt$/),
    scripts: of(/\.js$/),
    styles: of(/\.css$/),
  }
  for (const [kind, found] of Object.entries(kinds)) expect(found.length, kind).toBeGreaterThan(0)
  expect(of(/density/).length).toBeGreaterThan(0)

  for (const [path, { headers }] of seen) {
    expect(headers, path).toMatchObject(EVERYWHERE)
    expect(headers['permissions-policy'], path).toContain('geolocation=(self)')
    expect(headers['x-request-id'], path).toMatch(/^[\w-]{36}$/)
    // Only behind TLS: on http a browser ignores it.
    expect(headers['strict-transport-security'], path).toBeUndefined()
  }
  const policy = seen.get('/')!.headers['content-security-policy']!
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("object-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  for (const path of kinds.scripts)
    expect(seen.get(path)!.headers['content-security-policy'], path).toBe(policy)
  for (const path of [...kinds.data, ...kinds.tiles])
    expect(seen.get(path)!.headers['content-security-policy'], path).toBe(DATA_POLICY)

  expect(violations).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})

test('a script that was slipped into the page does not run, and the policy says so', async () => {
  const { page, context, errors } = await open(demo('?lang=en'))
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.slipped = true'
    document.head.append(script)
    const image = document.createElement('img')
    image.setAttribute('onerror', 'globalThis.slipped = true')
    image.src = 'data:image/png;base64,AAAA'
    document.body.append(image)
    await new Promise((resolve) => setTimeout(resolve, 300))
    return 'slipped' in globalThis
  })
  expect(ran).toBe(false)
  expect(errors.join('\n')).toMatch(/Content Security Policy/)
  await context.close()
})

test('a page of another origin cannot frame the dashboard, read its data or change it', async () => {
  const { page, context } = await open(demo('?lang=en'))
  const { host, port } = new URL(demoUrl())
  // Another origin to the browser, the same server to us.
  const other = `http://localhost:${port}`
  expect(new URL(other).host).not.toBe(host)
  await page.goto(`${other}/healthz`)
  const outcome = await page.evaluate(async (address) => {
    const tried = (init: RequestInit) =>
      fetch(`${address}/api/v1/views`, { credentials: 'include', ...init }).then(
        (answer) => (answer.type === 'opaque' ? 'opaque' : `read ${answer.status}`),
        () => 'refused',
      )
    return [
      await tried({}),
      await tried({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
      await tried({ method: 'POST', mode: 'no-cors', body: '{"name":"forged"}' }),
    ]
  }, demoUrl())
  expect(outcome.filter((one) => one.startsWith('read'))).toEqual([])
  const forged = await context.request.post(demo('api/v1/views'), {
    headers: { origin: other },
    data: { name: 'forged', query: '?x' },
  })
  expect([forged.status(), (await forged.json()).code]).toEqual([403, 'forbidden-origin'])
  await context.close()
})
