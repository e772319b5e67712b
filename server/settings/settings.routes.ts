import type { Context } from 'hono'
import {
  type SettingsAnswer,
  settingsAnswerSchema,
  settingsPatchSchema,
} from '../../geodata/settings/settings.schema.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { changeSettings, readSettings } from './settings.store.ts'

/** What an administrator decides for the whole installation. */
export function settingsRoutes({ database, env }: Deps) {
  const tags = ['Settings']
  const path = '/api/v1/settings'
  const responses = {
    200: jsonAnswer('The settings in force, with their version as ETag', settingsAnswerSchema),
  }
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'The settings in force',
        responses,
      }),
      // From the primary: whoever changes them next sends back this version.
      async (context) => answer(context, await readSettings(database.sql, env)),
    )
    .openapi(
      route({
        method: 'patch',
        path,
        tags,
        permission: 'configure',
        summary: 'Change settings by a merge patch; null takes one back to its default',
        request: {
          headers: versionHeader,
          body: jsonBody(settingsPatchSchema),
        },
        responses,
      }),
      async (context) => {
        // A token of a small area could publish every layer, and then read them as anyone may.
        requireEverywhere(context, 'Settings hold for the whole area')
        const version = readVersion(context)
        const patch = context.req.valid('json')
        return answer(context, await changeSettings(database.sql, env, version, patch, actorOf(context)))
      },
    )
}

function answer(context: Context, settings: SettingsAnswer) {
  context.header('etag', `"${settings.version}"`)
  return context.json(settings, 200)
}
