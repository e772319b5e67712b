import { z } from '@hono/zod-openapi'
import { html, raw } from 'hono/html'
import { PERMISSIONS, type Permission } from '../../geodata/access/permissions.ts'
import { type Router, route } from './route.ts'

interface Schema {
  type?: string | string[]
  enum?: unknown[]
  default?: unknown
  description?: string
  $ref?: string
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}
interface Operation {
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string }>
  'x-permission'?: Permission
}
interface Entry extends Operation {
  method: string
  path: string
}

/** /api/openapi.json and a page to read it, both made from the schemas that check the requests. */
export function addDocs(app: Router): void {
  const document = () =>
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Gridward API',
        version: '1',
        description:
          'Places, points and their changes. Coordinates are EPSG:4326, longitude first. Errors are application/problem+json (RFC 9457) with a stable code.',
      },
    })
  app.openapi(
    route({
      method: 'get',
      path: '/api/openapi.json',
      permission: 'read',
      summary: 'This description',
      responses: {
        200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: z.looseObject({}) } } },
      },
    }),
    (context) => context.json(document() as never, 200),
  )
  app.openapi(
    route({
      method: 'get',
      path: '/api/docs',
      permission: 'read',
      summary: 'This description as a page',
      responses: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
    }),
    (context) => {
      context.header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      const { info, paths } = document()
      return context.html(
        page(info.description ?? '', group((paths ?? {}) as Record<string, Record<string, Operation>>)),
      )
    },
  )
}

function group(paths: Record<string, Record<string, Operation>>): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'System'
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, method: method.toUpperCase(), path }])
    }
  }
  return groups
}

const typeOf = (schema: Schema | undefined): string => {
  if (!schema) return ''
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.$ref) return schema.$ref.split('/').at(-1)!
  if (schema.items) return `${typeOf(schema.items)}[]`
  return [schema.type ?? 'any'].flat().join(' | ')
}

const anchor = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

const row = (
  name: string,
  where: string,
  schema: Schema | undefined,
  required: boolean,
  description = '',
) => html`
<tr><td><code>${name}</code>${required ? html` <b>required</b>` : ''}</td><td>${where}</td><td>${typeOf(schema)}</td>
<td>${description || (schema?.description ?? '')}${schema?.default === undefined ? '' : html` Default <code>${JSON.stringify(schema.default)}</code>.`}</td></tr>`

function operation(entry: Entry) {
  const content = Object.entries(entry.requestBody?.content ?? {})
  const body = content.flatMap(([, { schema }]) => {
    const properties = schema?.properties?.properties?.properties ?? schema?.properties ?? {}
    const required = schema?.properties?.properties?.required ?? schema?.required ?? []
    return Object.entries(properties)
      .filter(([, property]) => !(property as { readOnly?: boolean }).readOnly)
      .map(([name, property]) => row(name, 'body', property, required.includes(name)))
  })
  const parameters = (entry.parameters ?? []).map((parameter) =>
    row(parameter.name, parameter.in, parameter.schema, parameter.required ?? false, parameter.description),
  )
  const permission = entry['x-permission']
  return html`
<details><summary><span class="method ${entry.method}">${entry.method}</span> <code>${entry.path}</code> <span>${entry.summary ?? ''}</span></summary>
${permission ? html`<p>Permission: <b>${permission}</b> (${PERMISSIONS[permission].en})${content.length ? html` · Body: ${content.map(([type]) => type).join(', ')}` : ''}</p>` : ''}
${parameters.length + body.length ? html`<table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${parameters}${body}</tbody></table>` : ''}
<ul>${Object.entries(entry.responses ?? {}).map(([status, { description }]) => html`<li><code>${status}</code> ${description ?? ''}</li>`)}</ul>
</details>`
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#D8DFE8, #2A3648); --muted: light-dark(#5B6B80, #93A1B5); --accent: light-dark(#1F6FEB, #4C9AFF) }
body { font: 14px/1.5 Inter, system-ui, "Noto Sans SC", sans-serif; max-width: 1080px; margin: 24px auto; padding: 0 16px;
  background: light-dark(#FFFFFF, #0E1420); color: light-dark(#18212F, #E6EBF2) }
a { color: var(--accent) } nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 16px 0 24px }
h2 { font-size: 16px; margin: 24px 0 8px } summary { cursor: pointer; padding: 6px 0 } summary span { color: var(--muted) }
details { border-top: 1px solid var(--line) } details > :not(summary) { margin-left: 16px }
.method { display: inline-block; min-width: 60px; font-weight: 600; color: var(--accent) } .method.DELETE { color: light-dark(#C24E00, #FF7A33) }
table { border-collapse: collapse; width: calc(100% - 16px) } th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
th { color: var(--muted); font-weight: 500 }`

const page = (description: string, groups: Map<string, Entry[]>) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gridward API</title><style>${raw(STYLE)}</style></head><body>
<h1>Gridward API</h1><p>${description}</p><p><a href="/api/openapi.json">openapi.json</a> · <a href="/">Map</a></p>
<nav>${[...groups.keys()].map((tag) => html`<a href="#${anchor(tag)}">${tag}</a>`)}</nav>
${[...groups].map(([tag, entries]) => html`<h2 id="${anchor(tag)}">${tag}</h2>${entries.map(operation)}`)}
</body></html>`
