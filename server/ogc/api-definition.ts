import { z } from '@hono/zod-openapi'
import { type Router, router } from '../platform/route.ts'
import { GEOJSON_TYPE, HTML_TYPE, JSON_TYPE } from './addresses.ts'
import type { OgcCollection } from './collection.ts'
import { inQuery, itemsParameters } from './items-parameters.ts'

export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0'

const text = z.string()
const linkSchema = z.object({ rel: text, href: text, type: text }).openapi('link')
const links = z.array(linkSchema)
const linked = z.looseObject({ links }).openapi('linked')
const conformance = z.object({ conformsTo: z.array(text) }).openapi('conformance')
const definition = z.looseObject({}).openapi('definition')
const problem = z
  .looseObject({ type: text, title: text, status: z.int(), code: text, detail: text })
  .openapi('problem')

const itemsOf = (feature: z.ZodType) =>
  z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(feature),
    links,
    timeStamp: text,
    numberReturned: z.int(),
    numberMatched: z.int().optional(),
  })

/**
 * What someone may ask for under /ogc as OpenAPI 3.0, the version that clients of the standard read, with paths of their
 * own for each collection. `server`: the address that paths go on from.
 */
export function apiDefinition(collections: readonly OgcCollection[], server: string) {
  const described = router()
  const registry = described.openAPIRegistry
  const { f, ...shared } = registered(itemsParameters, (name, schema) =>
    registry.registerParameter(name, schema),
  )
  const { featureId } = registered({ featureId: text.openapi({ param: { in: 'path' } }) }, (name, schema) =>
    registry.registerParameter(name, schema),
  )
  const get = (
    path: string,
    about: { summary: string; tags: string[] },
    [type, schema]: [string, z.ZodType],
    query: Record<string, z.ZodType> = {},
    params: Record<string, z.ZodType> = {},
  ) =>
    registry.registerPath({
      method: 'get',
      path,
      ...about,
      request: { query: z.object({ ...query, f: f! }), params: z.object(params) },
      responses: {
        200: {
          description: about.summary,
          content: { [type]: { schema }, [HTML_TYPE]: { schema: text } },
        },
        default: {
          description: 'A problem (RFC 9457)',
          content: { 'application/problem+json': { schema: problem } },
        },
      },
    })
  const general = (summary: string) => ({ summary, tags: ['Capabilities'] })
  get('/', general('The landing page'), [JSON_TYPE, linked])
  get('/api', general('This description'), [OPENAPI_TYPE, definition])
  get('/conformance', general('What of the standard is met'), [JSON_TYPE, conformance])
  get('/collections', general('The collections'), [JSON_TYPE, linked])
  for (const { id, title, parameters, feature } of collections) {
    const path = `/collections/${id}`
    const about = (summary: string) => ({ summary: `${title.en}: ${summary}`, tags: [title.en] })
    const own = Object.fromEntries(
      Object.entries(parameters).map(([name, schema]) => [name, schema.openapi(inQuery)]),
    )
    get(path, about('the collection'), [JSON_TYPE, linked])
    get(`${path}/items`, about('items'), [GEOJSON_TYPE, itemsOf(feature)], { ...shared, ...own })
    get(
      `${path}/items/{featureId}`,
      about('one item'),
      [GEOJSON_TYPE, feature],
      { crs: shared.crs! },
      { featureId: featureId! },
    )
  }
  const document = described.getOpenAPIDocument({
    openapi: '3.0.3',
    info: {
      title: 'Gridward · OGC API – Features',
      version: '1',
      description:
        'Places, points and routes of grid management, to read. The API with which they are edited is at /api/docs.',
    },
    servers: [{ url: server }],
  })
  putSchemasIn(document)
  return document
}

const registered = (
  schemas: Record<string, z.ZodType>,
  register: (name: string, schema: z.ZodType) => z.ZodType,
): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, register(name, schema)]))

type Document = ReturnType<Router['getOpenAPIDocument']>

/** Puts the schema of each parameter where it is referred to: GDAL and QGIS look for the limit's maximum right there. */
function putSchemasIn({ components: { parameters = {}, schemas = {} } = {} }: Document): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    const schema = schemas[name]
    if (!schema || '$ref' in parameter) continue
    parameter.schema = schema
    delete schemas[name]
  }
}

interface Parameter {
  $ref?: string
}

/** The same with parameters where they are referred to, for readers. */
export function withParameters(document: Document) {
  const known = document.components?.parameters ?? {}
  const paths = Object.entries(document.paths).map(([path, { get }]) => [
    path,
    {
      get: {
        ...get,
        parameters: (get?.parameters as Parameter[] | undefined)?.map((parameter) =>
          parameter.$ref ? known[parameter.$ref.split('/').at(-1)!] : parameter,
        ),
      },
    },
  ])
  return { info: document.info, paths: Object.fromEntries(paths) as object }
}
