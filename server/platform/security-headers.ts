import type { Env } from './env.ts'

/** A year. Not for subdomains, nor for the lists that browsers carry: that is for the owner of the domain to say. */
const STRICT_TRANSPORT = 'max-age=31536000'

/** Of every answer that does not bring its own: data is no page, so nothing may run in it and nobody may frame it. */
export function addSecurityHeaders(headers: Headers, { publicUrl }: Pick<Env, 'publicUrl'>): void {
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  headers.set('permissions-policy', PERMISSIONS_POLICY)
  headers.set('cross-origin-opener-policy', 'same-origin')
  if (!headers.has('cross-origin-resource-policy')) headers.set('cross-origin-resource-policy', 'same-origin')
  // What one may see another may not: the next at this browser, or behind the same proxy.
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', DATA_POLICY)
  if (publicUrl?.startsWith('https:')) headers.set('strict-transport-security', STRICT_TRANSPORT)
}

const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const PERMISSIONS_POLICY =
  'geolocation=(self), camera=(), microphone=(), payment=(), usb=(), serial=(), bluetooth=(), midi=(), display-capture=()'
