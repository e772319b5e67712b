import type { Context } from 'hono'
import { html, raw } from 'hono/html'

type Html = ReturnType<typeof html>

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#D8DFE8, #2A3648); --muted: light-dark(#5B6B80, #93A1B5); --accent: light-dark(#1F6FEB, #4C9AFF) }
body { font: 14px/1.5 Inter, system-ui, "Noto Sans SC", sans-serif; max-width: 1080px; margin: 24px auto; padding: 0 16px;
  background: light-dark(#FFFFFF, #0E1420); color: light-dark(#18212F, #E6EBF2) }
a { color: var(--accent) } nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 16px 0 24px }
h2 { font-size: 16px; margin: 24px 0 8px } summary { cursor: pointer; padding: 6px 0 } summary span { color: var(--muted) }
details { border-top: 1px solid var(--line) } details > :not(summary) { margin-left: 16px }
.method { display: inline-block; min-width: 60px; font-weight: 600; color: var(--accent) } .method.DELETE { color: light-dark(#C24E00, #FF7A33) }
table { border-collapse: collapse; width: calc(100% - 16px) } th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
th { color: var(--muted); font-weight: 500 } th[scope=row], .wide th, .wide td { white-space: nowrap; overflow-wrap: normal }
.wide { overflow-x: auto } .wide td { max-width: 320px; overflow: hidden; text-overflow: ellipsis } .wrap { overflow-wrap: anywhere }`

/** Sends a page to read that needs nothing but itself: no script runs in it, and no other page shows it. */
export async function sendPlainPage(context: Context, title: string, body: Html): Promise<Response> {
  context.header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  return context.html(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${raw(STYLE)}</style></head><body>
${body}
</body></html>`)
}
