import { z } from '@hono/zod-openapi'
import { html } from 'hono/html'
import { PERMISSIONS, type Permission } from '../../geodata/access/permissions.ts'
import { sendPlainPage } from './plain-page.ts'
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
      const described = document()
      return sendPlainPage(
        context,
        described.info.title,
        describedPage(described, '/api/openapi.json'),
      ) as never
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

/** A description as a page. `source`: where the description itself is. */
export function describedPage(
  { info, paths }: { info: { title: string; description?: string }; paths?: object },
  source: string,
) {
  const groups = group((paths ?? {}) as Record<string, Record<string, Operation>>)
  return html`<h1>${info.title}</h1><p>${info.description ?? ''}</p><p><a href="${source}">openapi.json</a> · <a href="/">Map</a></p>
<nav>${[...groups.keys()].map((tag) => html`<a href="#${anchor(tag)}">${tag}</a>`)}</nav>
${[...groups].map(([tag, entries]) => html`<h2 id="${anchor(tag)}">${tag}</h2>${entries.map(operation)}`)}`
}
