import type { Page, Request } from 'playwright-core'

interface Unanswered {
  count(): number
  /** Resolves once nothing is waited for. */
  none(): Promise<void>
}

const ofPage = new WeakMap<Page, Unanswered>()

/** Scripts and data that a page has asked for and not got. The map itself tells of its tiles; a stream never ends. */
export function unanswered(page: Page): Unanswered {
  const known = ofPage.get(page)
  if (known) return known
  const asked = new Set<Request>()
  const counts = (request: Request) => {
    const { pathname } = new URL(request.url())
    return /^\/(?:api|assets)\//.test(pathname) && !/\/events$|\.woff2$/.test(pathname)
  }
  const answered = (request: Request) => void asked.delete(request)
  page.on('request', (request) => {
    // A page that is left takes its questions with it.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) asked.clear()
    if (counts(request)) asked.add(request)
  })
  page.on('requestfinished', answered)
  page.on('requestfailed', answered)
  const made: Unanswered = {
    count: () => asked.size,
    none: async () => {
      const until = Date.now() + 60_000
      while (asked.size > 0) {
        if (Date.now() > until)
          throw new Error(`Never answered: ${[...asked].map((request) => request.url()).join(' ')}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
  }
  ofPage.set(page, made)
  return made
}
