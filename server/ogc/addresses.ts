import type { Context } from 'hono'
import { originFor } from '../platform/public-address.ts'

export interface Link {
  rel: string
  href: string
  type: string
  title?: string
}

export const JSON_TYPE = 'application/json'
export const GEOJSON_TYPE = 'application/geo+json'
export const HTML_TYPE = 'text/html'

/** What addresses in an answer are made with. */
export interface Addresses {
  /** The absolute address of something under /ogc. */
  at(path: string): string
  /** The address that was asked for, with these parameters set. */
  here(changes?: Record<string, string>): string
}

export function addressesOf(context: Context, publicUrl: string | undefined): Addresses {
  const base = `${originFor(context, publicUrl)}/ogc`
  const { pathname, searchParams } = new URL(context.req.url)
  return {
    at: (path) => base + path,
    here(changes = {}) {
      const query = new URLSearchParams(searchParams)
      for (const [name, value] of Object.entries(changes)) query.set(name, value)
      const text = query.toString()
      return `${base}${pathname.slice('/ogc'.length)}${text && `?${text}`}`
    },
  }
}

/** What leads to an answer itself, and to its other form. */
export function selfLinks(addresses: Addresses, isPage: boolean, type = JSON_TYPE): Link[] {
  return [
    { rel: 'self', href: addresses.here(), type: isPage ? HTML_TYPE : type },
    isPage
      ? { rel: 'alternate', href: addresses.here({ f: 'json' }), type }
      : { rel: 'alternate', href: addresses.here({ f: 'html' }), type: HTML_TYPE },
  ]
}
