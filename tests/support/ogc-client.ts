import { expect } from 'vitest'
import type { TestApp } from './on-both-databases.ts'

export interface OgcLink {
  rel: string
  href: string
  type: string
}
interface Item {
  id: number
  geometry: { coordinates: never }
  properties: object
}
interface Asking {
  by?: TestApp
  accept?: string
}

export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
export const crsUri = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`

export const linkOf = (links: OgcLink[], rel: string, type?: string) =>
  links.find((one) => one.rel === rel && (type === undefined || one.type === type))

/** Asks OGC API – Features; `path` begins behind /ogc, or is a whole address. */
export function ogcClient(app: () => TestApp) {
  async function ask(path: string, { by = app(), accept }: Asking = {}) {
    const url = path.startsWith('http') ? path : `/ogc${path}`
    const answer = await by.request(url, accept ? { headers: { accept } } : {})
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    }
  }
  /** All pages; `between` is called after each but the last. */
  async function walk(
    path: string,
    by = app(),
    between: (page: number) => Promise<void> = async () => {},
  ): Promise<{ items: Item[]; ids: number[]; matched: number }> {
    const items: Item[] = []
    const first = await ask(path, { by })
    expect(first.status, first.text).toBe(200)
    let { body } = first
    for (let page = 1; ; page++) {
      expect(body.numberReturned).toBe(body.features.length)
      items.push(...body.features)
      const next = linkOf(body.links, 'next')
      if (!next) return { items, ids: items.map(({ id }) => id), matched: first.body.numberMatched }
      await between(page)
      body = (await ask(next.href, { by })).body
      // A next page that turns out empty is one that should not have been promised.
      expect(body.features.length).toBeGreaterThan(0)
    }
  }
  return { ask, walk }
}
