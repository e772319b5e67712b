import type { Context } from 'hono'
import type { z } from 'zod'
import {
  calendarAnswerSchema,
  calendarSchema,
  labelsAnswerSchema,
  labelsSchema,
  limitsAnswerSchema,
  limitsSchema,
  remindersAnswerSchema,
  remindersSchema,
  workflowSchema,
} from '../../geodata/hazards/case.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { CALENDAR, LABELS, LIMITS, REMINDERS, readCatalogue, replaceCatalogue } from './catalogue.store.ts'
import { describeWorkflow, isNamed } from './describe-workflow.ts'

const WORKFLOW = '/api/v1/workflow'
const CALENDAR_PATH = '/api/v1/calendar'
const tags = ['Cases']

/** How cases go: the table of states and actions, limits, names and the calendar. */
export function workflowRoutes({ database: { sql } }: Deps) {
  const change = (what: string, path: string) =>
    ({ method: 'put', path, tags, permission: 'configure', summary: `Replace ${what} as a whole` }) as const
  return router()
    .openapi(
      route({
        method: 'get',
        path: WORKFLOW,
        tags,
        permission: 'read',
        summary: 'States, actions, clocks, limits and what they are called here',
        responses: jsonAnswers('The table that every case goes by', workflowSchema),
      }),
      async (context) => context.json(await describeWorkflow(sql), 200),
    )
    .openapi(
      route({
        ...change('the limits', `${WORKFLOW}/limits`),
        description:
          'Deadlines that run stay as they are; clocks that start from now on go by the new limits.',
        request: { headers: versionHeader, body: jsonBody(limitsSchema) },
        responses: { 200: jsonAnswer('What holds since then', limitsAnswerSchema) },
      }),
      async (context) => {
        requireEverywhere(context, 'Limits hold for the whole area')
        const { limits } = context.req.valid('json')
        refuseTwice(
          limits,
          ({ clock, category, severity }) => JSON.stringify([clock, category, severity]),
          'limits',
        )
        const stored = await replaceCatalogue(sql, LIMITS, readVersion(context), limits, actorOf(context))
        const { rows, ...head } = stored
        return tagged(context, { ...head, limits: rows })
      },
    )
    .openapi(
      route({
        ...change('when somebody is told of a limit', `${WORKFLOW}/reminders`),
        description: 'They hold at once, for clocks that run too. What was told stays told.',
        request: { headers: versionHeader, body: jsonBody(remindersSchema) },
        responses: { 200: jsonAnswer('What holds since then', remindersAnswerSchema) },
      }),
      async (context) => {
        requireEverywhere(context, 'Reminders hold for the whole area')
        const { reminders } = context.req.valid('json')
        refuseTwice(reminders, ({ level }) => String(level), 'reminders')
        const stored = await replaceCatalogue(
          sql,
          REMINDERS,
          readVersion(context),
          reminders,
          actorOf(context),
        )
        const { rows, ...head } = stored
        return tagged(context, { ...head, reminders: rows })
      },
    )
    .openapi(
      route({
        ...change('what states, actions and clocks are called', `${WORKFLOW}/labels`),
        request: { headers: versionHeader, body: jsonBody(labelsSchema) },
        responses: { 200: jsonAnswer('What holds since then', labelsAnswerSchema) },
      }),
      async (context) => {
        requireEverywhere(context, 'Names hold for the whole area')
        const { labels } = context.req.valid('json')
        refuseTwice(labels, ({ subject, key }) => `${subject} ${key}`, 'labels')
        const unknown = labels.find((label) => !isNamed(label))
        if (unknown)
          throw new Problem(
            'invalid-body',
            `There is no ${unknown.subject} “${unknown.key}” that could be named.`,
          )
        const stored = await replaceCatalogue(sql, LABELS, readVersion(context), labels, actorOf(context))
        const { rows, ...head } = stored
        return tagged(context, { ...head, labels: rows })
      },
    )
    .openapi(
      route({
        method: 'get',
        path: CALENDAR_PATH,
        tags,
        permission: 'read',
        summary: 'Holidays, and the days that make up for them',
        responses: { 200: jsonAnswer('By day, with their version as ETag', calendarAnswerSchema) },
      }),
      async (context) => {
        const { rows, ...head } = await readCatalogue(sql, CALENDAR)
        return tagged(context, { ...head, days: rows })
      },
    )
    .openapi(
      route({
        ...change('the calendar', CALENDAR_PATH),
        description: 'Deadlines that run stay as they are; clocks that start from now on go by the new days.',
        request: { headers: versionHeader, body: jsonBody(calendarSchema) },
        responses: { 200: jsonAnswer('What holds since then', calendarAnswerSchema) },
      }),
      async (context) => {
        requireEverywhere(context, 'The calendar holds for the whole area')
        const { days } = context.req.valid('json')
        refuseTwice(days, ({ day }) => day, 'days')
        const stored = await replaceCatalogue(sql, CALENDAR, readVersion(context), days, actorOf(context))
        const { rows, ...head } = stored
        return tagged(context, { ...head, days: rows })
      },
    )
}

function tagged<T extends z.infer<typeof calendarAnswerSchema> | { version: number }>(
  context: Context,
  answer: T,
) {
  context.header('etag', `"${answer.version}"`)
  return context.json(answer, 200)
}

function refuseTwice<T>(rows: readonly T[], keyOf: (row: T) => string, list: string): void {
  const seen = new Set<string>()
  rows.forEach((row, index) => {
    const key = keyOf(row)
    if (seen.has(key)) {
      const issues = [{ at: `/${list}/${index}`, message: 'stands for the same as one before' }]
      throw new Problem('invalid-body', `/${list}/${index} stands for the same as one before: ${key}.`, {
        issues,
      })
    }
    seen.add(key)
  })
}
