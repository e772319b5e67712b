/** What of a view an embedded map shows; panels, tools and lists stay behind. */
const KEPT = /^(?:at|map|layers|lang|theme|density|f-[a-z-]+)$/

/** Whether a page was opened to be embedded; the server decides by the same rule who may frame it. */
export function asksToEmbed(search: string): boolean {
  const value = new URLSearchParams(search).get('embed')
  return value === '1' || value === ''
}

/** The address of the read-only map of a view. */
export const embedAddress = (href: string): string => withQuery(href, [['embed', '1']])

/** The way from an embedded map back to the whole view. */
export const fullAddress = (href: string): string => withQuery(href, [])

function withQuery(href: string, more: [string, string][]): string {
  const url = new URL(href)
  const kept = [...url.searchParams].filter(([name]) => KEPT.test(name))
  const query = [...kept, ...more].map(([name, value]) => `${name}=${readable(value)}`).join('&')
  return `${url.origin}${url.pathname}${query ? `?${query}` : ''}`
}

const readable = (value: string) => encodeURIComponent(value).replace(/%2F/g, '/').replace(/%2C/g, ',')

/** HTML to be pasted into another page. */
export function embedCode(address: string, title: string, heightPixels: number): string {
  return `<iframe src="${escapeHtml(address)}" title="${escapeHtml(title)}" width="100%" height="${heightPixels}" style="border:0" loading="lazy" allowfullscreen></iframe>`
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!)
