// npm run bench:wall -- [--reports 50] [--buildings 2000] [--seed 1]: from a report over HTTP to the map and the alarm list of
// an open wall, in a real Chromium that draws in software; the report goes to the wall's own server process, and to a
// second one on the same PostgreSQL. The pages must be built: npm run build.
import { type Browser, chromium, type Page } from 'playwright-core'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { wallPictureSchema } from '../../geodata/walls/picture.schema.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { option, say } from './bench-options.ts'
import { liveServers, quantile } from './live-servers.ts'

const reports = Number(option('reports') ?? 50)
const buildings = Number(option('buildings') ?? 2000)
const VIEWPORT = { width: 1280, height: 720 }
const FLAGS = ['--headless=new', '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
/** Of the map's own picture: a diamond covers more, and nothing else on it changes by itself. */
const CHANGED_PIXELS = 12
const REST_MS = 400

const servers = await liveServers('postgres')
let browser: Browser | undefined
try {
  say(`Filling a database with ${buildings} buildings …`)
  await servers.ask((_, database) => seedDemo(database, { buildings, seed: Number(option('seed') ?? 1) }))
  const own = await servers.start()
  const second = await servers.start()
  const { headers } = servers
  const layout = { name: 'bench', tour: { isOn: false }, layers: ['communities', 'grids'] }
  await send(`${own.url}/api/v1/walls/layouts`, layout)
  const picture = await timePictures(own.url)

  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  const context = await browser.newContext({ viewport: VIEWPORT, extraHTTPHeaders: headers })
  const page = await context.newPage()
  // What names functions here does not exist in the page.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.addInitScript(keepPixels)
  await page.goto(`${own.url}/wall?layout=bench&name=bench&lang=en`)
  await page.waitForSelector('canvas.maplibregl-canvas', { timeout: 60_000 })
  await page.waitForTimeout(8000)
  const [west, south, east, north] = picture.bbox
  console.log('\n| from a report over HTTP | to the map, median | 95 % | to the alarm list, median | 95 % |')
  console.log('|---|---|---|---|---|')
  let n = 0
  for (const [way, server] of [
    ['the same process', own],
    ['a second process', second],
  ] as const) {
    const [toMap, toList]: [number[], number[]] = [[], []]
    for (let k = 0; k < reports; k++, n++) {
      const across = 0.15 + 0.7 * ((n * 0.618034) % 1)
      const up = 0.2 + 0.6 * ((n * 0.381966 + 0.3) % 1)
      const at: LngLat = [west + (east - west) * across, south + (north - south) * up]
      const shown = await showReport(page, server.url, at, `report ${n} of the bench`)
      toMap.push(shown.mapMs)
      toList.push(shown.listMs)
      await page.waitForTimeout(REST_MS)
    }
    const ms = (values: number[], share: number) => `${quantile(values, share).toFixed(0)} ms`
    console.log(
      `| ${way} | ${ms(toMap, 0.5)} | ${ms(toMap, 0.95)} | ${ms(toList, 0.5)} | ${ms(toList, 0.95)} |`,
    )
  }
} finally {
  await browser?.close()
  await servers.close()
}

/** Returns the id of what was made. */
async function send(url: string, body: object): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...servers.headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.status} ${text}`)
  return (JSON.parse(text) as { id: number }).id
}

/** Many within ten minutes would be a flood, which the list shows by grid. */
async function takeAway(url: string, id: number): Promise<void> {
  const path = `${url}/api/v1/hazards/${id}`
  const etag = (await fetch(path, { headers: servers.headers })).headers.get('etag') ?? ''
  const answer = await fetch(path, { method: 'DELETE', headers: { 'if-match': etag, ...servers.headers } })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
}

/** How long the picture of the whole area takes: read anew, and once more with nothing changed. */
async function timePictures(url: string) {
  const ask = async (query: string) => {
    const begun = performance.now()
    const answer = await fetch(`${url}/api/v1/walls/picture${query}`, { headers: servers.headers })
    const text = await answer.text()
    const ms = performance.now() - begun
    return { ms, bytes: text.length, picture: wallPictureSchema.parse(JSON.parse(text)) }
  }
  await ask('')
  const anew: number[] = []
  const again: number[] = []
  let last = await ask('')
  for (let n = 0; n < 20; n++) {
    // An event of the future: what is kept is not new enough.
    last = await ask(`?after=${1_000_000_000 + n}`)
    anew.push(last.ms)
    again.push((await ask(`?after=${1_000_000_000 + n}`)).ms)
  }
  const { area, hazardCount, alarms } = last.picture
  console.log(
    `A picture of ${hazardCount} open hazards and ${alarms.counts.total} alarms, ${Math.round(last.bytes / 1024)} kB: ` +
      `${quantile(anew, 0.5).toFixed(0)} ms read anew, ${quantile(again, 0.5).toFixed(0)} ms with nothing changed (medians of 20).`,
  )
  return { bbox: area.bbox! }
}

/** Reports a critical hazard and waits until both the map's picture and the list have changed. */
async function showReport(page: Page, url: string, at: LngLat, title: string) {
  await page.evaluate(watchScreen, { title, changedPixels: CHANGED_PIXELS })
  const begun = Date.now()
  const id = await send(`${url}/api/v1/hazards`, {
    ...{ type: 'Feature', geometry: { type: 'Point', coordinates: at } },
    properties: {
      ...{ title, categoryCode: '06036', severity: 'critical', reportedAt: new Date(begun).toISOString() },
    },
  })
  const seen = await page
    .waitForFunction(seenOnScreen, undefined, { timeout: 20_000, polling: 50 })
    .catch(async (error) => {
      const path = option('screenshot')
      if (path) await page.screenshot({ path })
      say(JSON.stringify(await page.evaluate('window.seen')))
      throw error
    })
  const { mapAt, listAt } = (await seen.jsonValue()) ?? { mapAt: Number.NaN, listAt: Number.NaN }
  await takeAway(url, id)
  return { mapMs: mapAt - begun, listMs: listAt - begun }
}

// What follows runs in the page.

interface Seen {
  mapAt: number
  listAt: number
}

/** Pixels of WebGL can be read only if they are kept after they were shown. */
function keepPixels() {
  const get = HTMLCanvasElement.prototype.getContext
  Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
    value(this: HTMLCanvasElement, kind: string, options: object = {}) {
      return Reflect.apply(get, this, [
        kind,
        kind.startsWith('webgl') ? { ...options, preserveDrawingBuffer: true } : options,
      ])
    },
  })
}

/** Looks at the map with each frame from now on, and says when it differs from what it is now, and when the list has the title. */
function watchScreen({ title, changedPixels }: { title: string; changedPixels: number }) {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas')!
  const copy = document.createElement('canvas')
  copy.width = Math.round(canvas.width / 2)
  copy.height = Math.round(canvas.height / 2)
  const context = copy.getContext('2d', { willReadFrequently: true })!
  const read = () => {
    context.drawImage(canvas, 0, 0, copy.width, copy.height)
    return context.getImageData(0, 0, copy.width, copy.height).data
  }
  const before = read()
  const seen: Seen = { mapAt: 0, listAt: 0 }
  Object.assign(window, { seen })
  const look = () => {
    if (seen.listAt === 0 && document.body.textContent?.includes(title)) seen.listAt = Date.now()
    if (seen.mapAt === 0) {
      const now = read()
      let changed = 0
      for (let at = 0; at < now.length && changed < changedPixels; at += 4)
        if (Math.abs(now[at]! - before[at]!) + Math.abs(now[at + 1]! - before[at + 1]!) > 40) changed++
      if (changed >= changedPixels) seen.mapAt = Date.now()
    }
    if (seen.mapAt === 0 || seen.listAt === 0) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

function seenOnScreen(): Seen | undefined {
  const { seen } = window as unknown as { seen: Seen }
  return seen.mapAt > 0 && seen.listAt > 0 ? seen : undefined
}
