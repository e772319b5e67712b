import { z } from '@hono/zod-openapi'
import {
  campaignChangeSchema,
  campaignInputSchema,
  campaignSchema,
  choiceSchema,
  progressCellSchema,
  TARGET_STATES,
} from '../../geodata/campaigns/campaign.schema.ts'
import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import { text } from '../../geodata/shared/fields.ts'
import { actorOf } from '../access/actor.ts'
import { tellExport } from '../audit/tell-export.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { streamPieces } from '../platform/stream-pieces.ts'
import { changeCampaign, deleteCampaign, listCampaigns, readCampaign } from './campaign.store.ts'
import { chooseAnew, createCampaign } from './choose-targets.store.ts'
import { exportTargets } from './export-targets.ts'
import { readPlaces, readProgress } from './progress.store.ts'
import { tellChange } from './tell-change.ts'
import { writerOf } from './writer-of.ts'

const path = '/api/v1/campaigns'
const tags = ['Campaigns']
const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  geojson: 'application/geo+json; charset=utf-8',
}

/** Campaigns: what is to be visited, and how far that got. */
export function campaignRoutes({ database: { sql }, outbox }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List campaigns that have targets in your area',
        responses: jsonAnswers(
          'The newest first, those that have ended last; at most 500',
          z.object({ campaigns: z.array(campaignSchema) }),
        ),
      }),
      async (context) =>
        context.json({ campaigns: await listCampaigns(sql, context.var.identity.reach) }, 200),
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission: 'campaign',
        seconds: 60,
        summary: 'Make a campaign with what its filter finds now',
        request: { body: jsonBody(campaignInputSchema) },
        responses: { 201: jsonAnswer('The campaign', campaignSchema) },
      }),
      async (context) => {
        const campaign = await createCampaign(sql, context.req.valid('json'), writerOf(context))
        context.header('location', `${path}/${campaign.id}`)
        tellChange(context, outbox, campaign)
        return context.json(campaign, 201)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}`,
        tags,
        permission: 'read',
        summary: 'Get one campaign',
        request: { params: idParameter },
        responses: jsonAnswers('The campaign, with its version as ETag', campaignSchema),
      }),
      async (context) => {
        const campaign = await readCampaign(sql, context.req.valid('param').id, context.var.identity.reach)
        context.header('etag', `"${campaign.version}"`)
        return context.json(campaign, 200)
      },
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/{id}`,
        tags,
        permission: 'campaign',
        summary: 'Change a campaign, end it or open it again',
        request: { params: idParameter, headers: versionHeader, body: jsonBody(campaignChangeSchema) },
        responses: jsonAnswers('The campaign', campaignSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const change = context.req.valid('json')
        const campaign = await changeCampaign(sql, id, readVersion(context), change, writerOf(context))
        tellChange(context, outbox, campaign)
        return context.json(campaign, 200)
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${path}/{id}`,
        tags,
        permission: 'campaign',
        summary: 'Delete a campaign in which nobody was visited',
        request: { params: idParameter, headers: versionHeader },
        responses: { 204: { description: 'Deleted' } },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await deleteCampaign(sql, id, readVersion(context), writerOf(context))
        outbox.wake()
        return context.body(null, 204)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/{id}/choose`,
        tags,
        permission: 'campaign',
        seconds: 60,
        summary: 'Choose the targets anew; what was visited stays on the list',
        request: {
          params: idParameter,
          headers: versionHeader,
          body: jsonBody(
            z.strictObject({
              filter: text(8000).optional().describe('Another filter; left out: the same'),
              dryRun: z.boolean().default(false).describe('true: tell what would change, change nothing'),
            }),
          ),
        },
        responses: jsonAnswers('What came on the list and went off it', choiceSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { filter, dryRun } = context.req.valid('json')
        const version = readVersion(context)
        const choice = await chooseAnew(sql, id, version, { filter, dryRun }, writerOf(context))
        outbox.wake()
        return context.json(choice, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}/progress`,
        tags,
        permission: 'read',
        summary: 'How far a campaign got in each cell',
        request: {
          params: idParameter,
          query: z.strictObject({ cells: z.enum(CELL_LAYERS).default('grids') }),
        },
        responses: jsonAnswers(
          'Cells with targets in your area',
          z.object({
            cells: z.array(progressCellSchema),
            outside: z.int().describe('Targets that lie in no such cell'),
          }),
        ),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { cells } = context.req.valid('query')
        return context.json(await readProgress(sql, id, cells, context.var.identity.reach), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}/places`,
        tags,
        permission: 'read',
        summary: 'The ids of what is on the list, by how it stands, for the map',
        request: { params: idParameter },
        responses: jsonAnswers(
          'Those in your area, at most 5,000 of each state',
          z.object({ ids: z.record(z.enum(TARGET_STATES), z.array(z.int())) }),
        ),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        return context.json({ ids: await readPlaces(sql, id, context.var.identity.reach) }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}/export`,
        tags,
        permission: 'export',
        heavy: true,
        seconds: Number.POSITIVE_INFINITY,
        summary: 'The list of a campaign as a file',
        request: {
          params: idParameter,
          query: z.strictObject({ format: z.enum(['csv', 'geojson']).default('csv') }),
        },
        responses: {
          200: {
            description: 'Each target with its newest visit',
            content: {
              'text/csv': { schema: z.string() },
              'application/geo+json': { schema: z.object({ type: z.literal('FeatureCollection') }) },
            },
          },
        },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { format } = context.req.valid('query')
        const { reach } = context.var.identity
        const campaign = await readCampaign(sql, id, reach)
        const stop = new AbortController()
        const { signal } = stop
        const told = tellExport(
          {
            sql,
            actor: actorOf(context),
            asked: { what: 'campaign', format, filter: { campaign: id } },
            signal,
          },
          exportTargets(sql, campaign, format, reach, signal),
        )
        return new Response(streamPieces(told, stop), {
          headers: {
            'content-type': TYPES[format],
            'content-disposition': `attachment; filename="campaign-${id}.${format}"`,
            'cache-control': 'no-store',
          },
        }) as never
      },
    )
}
