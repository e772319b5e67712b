import { z } from '@hono/zod-openapi'
import { STANDARD_LAYOUT } from '../../geodata/walls/layout.schema.ts'
import { wallPictureSchema } from '../../geodata/walls/picture.schema.ts'
import { wallName } from '../../geodata/walls/source.schema.ts'
import { codesParameter } from '../patrols/due.routes.ts'
import { reachOfCodes } from '../patrols/reach-of-codes.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { findLayout } from './layout.store.ts'
import type { Pictures } from './pictures.ts'

/** What a wall shows. */
export function pictureRoutes({ database }: Deps, pictures: Pictures) {
  return router().openapi(
    route({
      method: 'get',
      path: '/api/v1/walls/picture',
      tags: ['Walls'],
      permission: 'read',
      summary: 'All that a wall shows, at one moment',
      description:
        'Figures with what they are measured by, alarms, open hazards, the stops of the tour and how fresh each source is. ' +
        'Ask again when the stream tells of a change, with the id of that event as after, and every 30 seconds.',
      request: {
        query: z.strictObject({
          layout: wallName().optional().describe('Its name; left out: the standard one'),
          cells: codesParameter.optional(),
          after: z.coerce
            .number()
            .int()
            .min(0)
            .max(Number.MAX_SAFE_INTEGER)
            .default(0)
            .describe('An event that was heard: the picture is not older'),
        }),
      },
      responses: jsonAnswers('The picture', wallPictureSchema),
    }),
    async (context) => {
      const { layout: name, cells, after } = context.req.valid('query')
      const { reach } = context.var.identity
      const layout = name === undefined ? STANDARD_LAYOUT : await findLayout(database.sql, name)
      // Refuses codes of no cell in reach; those of a layout are passed over.
      if (cells) await reachOfCodes(database.sql, cells, reach)
      return context.json(await pictures.show({ layout, cells, reach }, after), 200)
    },
  )
}
