/**
 * The worker of the field page: what the page is made of is kept on the phone, so that it opens without network. Data
 * is not its business: that is kept by the page, under the person it belongs to (client/field/kept.ts). It imports
 * nothing, since not every browser takes a worker that does; client/field/build-worker.ts writes FIELD before it.
 */
declare const FIELD: { build: string; files: string[] }

interface WaitingEvent extends Event {
  waitUntil(done: Promise<unknown>): void
}
interface FetchEvent extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', hear: (event: WaitingEvent) => void): void
  addEventListener(type: 'fetch', hear: (event: FetchEvent) => void): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}

// TypeScript's types of workers and of pages exclude each other, and all files share one configuration.
const worker = globalThis as unknown as WorkerScope

const PAGE = '/field'
const PREFIX = 'gridward-field-'
const CACHE = PREFIX + FIELD.build

worker.addEventListener('install', (event) => event.waitUntil(keepFiles()))
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()))
worker.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin) return
  if (mode === 'navigate' && pathname === PAGE) event.respondWith(answer(new Request(PAGE)))
  else if (pathname.startsWith('/assets/') || FIELD.files.includes(pathname))
    event.respondWith(answer(event.request))
})

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE)
  // Past the browser's own cache: a page of the build before would ask for files that are gone.
  await cache.addAll([PAGE, ...FIELD.files].map((path) => new Request(path, { cache: 'no-cache' })))
  await worker.skipWaiting()
}

/** The build before stays: a page that is open may still ask for its parts. */
async function takeOver(): Promise<void> {
  const own = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

/**
 * Kept files first. Fonts are many and few are needed: they are kept as they are used, and so is what the browser threw
 * away.
 */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = (await cache.match(request)) ?? (await caches.match(request))
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok && new URL(request.url).pathname.startsWith('/assets/'))
    await cache.put(request, fresh.clone())
  return fresh
}
