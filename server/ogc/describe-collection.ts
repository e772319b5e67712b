import { CRS84_URI, crsReaching } from '../../geodata/crs/ogc-crs.ts'
import { type Addresses, GEOJSON_TYPE, HTML_TYPE, JSON_TYPE, type Link } from './addresses.ts'
import type { OgcCollection } from './collection.ts'

/** Where nothing is, anything could be. */
const WORLD = [-180, -90, 180, 90]

/** A collection as /collections and its own address tell of it, which is the same. */
export async function describeCollection(
  { id, title, description, extent }: OgcCollection,
  { at }: Addresses,
) {
  const bbox = await extent()
  const own = `/collections/${id}`
  const links: Link[] = [
    { rel: 'self', href: at(own), type: JSON_TYPE },
    { rel: 'alternate', href: at(`${own}?f=html`), type: HTML_TYPE },
    { rel: 'items', href: at(`${own}/items`), type: GEOJSON_TYPE },
    { rel: 'items', href: at(`${own}/items?f=html`), type: HTML_TYPE },
  ]
  return {
    id,
    title,
    description,
    itemType: 'feature',
    extent: { spatial: { bbox: [bbox ?? WORLD], crs: CRS84_URI } },
    crs: crsReaching(bbox).map(({ uri }) => uri),
    storageCrs: CRS84_URI,
    links,
  }
}
export type CollectionDocument = Awaited<ReturnType<typeof describeCollection>>
