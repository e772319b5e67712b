import { createHash } from 'node:crypto'

/**
 * What a page may load: itself. MapLibre draws images from blobs and may start its worker from one; Mantine writes
 * style elements. Inline scripts are allowed by hash, so only those that were in the page when it was built run. A
 * style from the web (GRIDWARD_BASEMAP) brings sources from hosts that are known only after it is read. No page may
 * show this one in a frame unless `frameAncestors` names it.
 */
export function contentSecurityPolicy(
  html: string,
  { basemap, frameAncestors = ["'none'"] }: { basemap?: string | undefined; frameAncestors?: string[] } = {},
): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  )
  const web = basemap && /^https?:/.test(basemap) ? [`${new URL(basemap).protocol}`] : []
  const directives = {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...hashes],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', ...web],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", 'data:', 'blob:', ...web],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': frameAncestors,
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}
