import { html } from 'hono/html'
import type { Link } from './addresses.ts'
import type { OgcFeature } from './collection.ts'
import type { CollectionDocument } from './describe-collection.ts'

/** Way back from a page: name and address of each step. */
type Trail = readonly (readonly [name: string, href: string])[]

/** A page of the answer that it is the other form of. Texts are in both languages: nobody chose one here. */
const page = (trail: Trail, title: string, links: readonly Link[], body: unknown) => html`
<nav>${trail.map(([name, href]) => html`<a href="${href}">${name}</a>`)}</nav>
<h1>${title}</h1>
${body}
<p>${links
  .filter(({ rel }) => rel === 'alternate')
  .map(({ href, type }) => html`<a href="${href}" rel="alternate" type="${type}">${type}</a>`)}</p>`

const ROOT = ['Gridward OGC API', '/ogc?f=html'] as const
const COLLECTIONS = ['集合 · Collections', '/ogc/collections?f=html'] as const

export const landingPage = ({ description, links }: { description: string; links: Link[] }) =>
  page([['地图 · Map', '/']], ROOT[0], links, [
    html`<p>${description}</p>`,
    html`<p>QGIS：图层 → 添加图层 → 添加 WFS / OGC API – 要素图层 · Layer → Add Layer → Add WFS / OGC API – Features Layer<br>
GDAL: <code>ogr2ogr -f GPKG out.gpkg OAPIF:${links.find(({ rel }) => rel === 'self')?.href.replace(/\?.*/, '')}</code><br>
令牌作为密码，用户名任意 · A token as the password, with any user name</p>`,
    html`<ul>${links
      .filter(({ rel }) => rel !== 'self' && rel !== 'alternate')
      .map(({ href, title, rel }) => html`<li><a href="${href}">${title ?? rel}</a></li>`)}</ul>`,
  ])

export const conformancePage = ({ conformsTo, links }: { conformsTo: string[]; links: Link[] }) =>
  page(
    [ROOT],
    '符合性 · Conformance',
    links,
    html`<ul>${conformsTo.map((uri) => html`<li><a href="${uri}">${uri}</a></li>`)}</ul>`,
  )

export const collectionsPage = ({
  collections,
  links,
}: {
  collections: CollectionDocument[]
  links: Link[]
}) =>
  page(
    [ROOT],
    COLLECTIONS[0],
    links,
    html`<ul>${collections.map(
      ({ id, title, description }) =>
        html`<li class="wrap"><a href="/ogc/collections/${id}?f=html">${title}</a> <code>${id}</code><br>${description}</li>`,
    )}</ul>`,
  )

export const collectionPage = ({ id, title, description, extent, crs }: CollectionDocument, links: Link[]) =>
  page([ROOT, COLLECTIONS], title, links, [
    html`<p>${description}</p>`,
    html`<p><a href="/ogc/collections/${id}/items?f=html">要素 · Items</a></p>`,
    table([
      ['id', id],
      ['范围 · Extent', extent.spatial.bbox[0]?.join(', ')],
    ]),
    html`<p>坐标系 · Coordinate systems</p><ul>${crs.map((uri) => html`<li class="wrap"><a href="${uri}">${uri}</a></li>`)}</ul>`,
  ])

export function itemsPage(
  collection: { id: string; title: string },
  {
    features,
    links,
    numberMatched,
  }: { features: OgcFeature[]; links: Link[]; numberMatched: number | undefined },
) {
  const names = Object.keys(features[0]?.properties ?? {})
  const next = links.find(({ rel }) => rel === 'next')
  return page([ROOT, COLLECTIONS, trailOf(collection)], collection.title, links, [
    html`<p>${features.length}${numberMatched === undefined ? '' : ` / ${numberMatched}`}${
      next ? html` · <a href="${next.href}" rel="next">下一页 · Next</a>` : ''
    }</p>`,
    html`<div class="wide"><table><thead><tr><th>id</th>${names.map((name) => html`<th>${name}</th>`)}</tr></thead>
<tbody>${features.map(
      ({ id, properties }) =>
        html`<tr><td><a href="/ogc/collections/${collection.id}/items/${id}?f=html">${id}</a></td>${names.map(
          (name) => html`<td>${shown(Reflect.get(properties, name))}</td>`,
        )}</tr>`,
    )}</tbody></table></div>`,
  ])
}

export const itemPage = (
  collection: { id: string; title: string },
  { id, geometry, properties, links }: OgcFeature & { links: Link[] },
) =>
  page([ROOT, COLLECTIONS, trailOf(collection)], `${collection.title} ${id}`, links, [
    table(Object.entries(properties)),
    html`<details><summary>${geometry?.type ?? ''}</summary><p><code class="wrap">${JSON.stringify(geometry)}</code></p></details>`,
  ])

const trailOf = ({ id, title }: { id: string; title: string }) =>
  [title, `/ogc/collections/${id}?f=html`] as const

const table = (rows: readonly (readonly [name: string, value: unknown])[]) =>
  html`<table>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${shown(value)}</td></tr>`)}</table>`

const shown = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
