import { z } from '@hono/zod-openapi'
import { type Router, router } from '../platform/route.ts'
import { GEOJSON_TYPE, HTML_TYPE, JSON_TYPE } from './addresses.ts'
import type { OgcCollection } from './collection.ts'
import { inQuery, itemsParameters } from './items-parameters.ts'
import { PART_FEATURE } from './part-collection.ts'

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
 * own for each collection that is there for good. `withParts`: what analyses found, which comes and goes, by one path for
 * all. `server`: the address that paths go on from.
 */
export function apiDefinition(collections: readonly OgcCollection[], withParts: boolean, server: string) {
  const described = router()
  const registry = described.openAPIRegistry
  const { f, ...shared } = registered(itemsParameters, (name, schema) =>
    registry.registerParameter(name, schema),
  )
  const inPath = text.openapi({ param: { in: 'path' } })
  const { featureId, collectionId } = registered(
    {
      featureId: inPath,
      collectionId: inPath.openapi({ description: 'Of /collections: analysis-, its id, - and the part' }),
    },
    (name, schema) => registry.registerParameter(name, schema),
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
  const collection = (
    { id, parameters, feature }: Pick<OgcCollection, 'id' | 'parameters' | 'feature'>,
    params: Record<string, z.ZodType> = {},
    tag = id,
  ) => {
    const path = `/collections/${id}`
    const about = (summary: string) => ({ summary, tags: [tag] })
    const own = Object.fromEntries(
      Object.entries(parameters).map(([name, schema]) => [name, schema.openapi(inQuery)]),
    )
    get(path, about('The collection'), [JSON_TYPE, linked], {}, params)
    get(`${path}/items`, about('Items'), [GEOJSON_TYPE, itemsOf(feature)], { ...shared, ...own }, params)
    const one = { crs: shared.crs! }
    const ofOne = { ...params, featureId: featureId! }
    get(`${path}/items/{featureId}`, about('One item'), [GEOJSON_TYPE, feature], one, ofOne)
  }
  for (const one of collections) collection(one)
  if (withParts)
    collection(
      { id: '{collectionId}', parameters: {}, feature: PART_FEATURE },
      { collectionId: collectionId! },
    )
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
