import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import type { html } from 'hono/html'
import { sendPlainPage } from '../platform/plain-page.ts'
import { HTML_TYPE, JSON_TYPE } from './addresses.ts'

/** What all routes here have: to read, by those who are not signed in too where a layer is published. */
export const READING: {
  method: 'get'
  tags: string[]
  permission: 'read'
  published: 'by-address'
} = {
  method: 'get',
  tags: ['OGC API – Features'],
  permission: 'read',
  published: 'by-address',
}

/** Whether a page is wanted: `f` says so, or Accept, as browsers send it. */
export const wantsPage = (context: Context, f: 'json' | 'html' | undefined): boolean =>
  (f ??
    accepts(context, {
      header: 'Accept',
      supports: [HTML_TYPE, 'application/json', 'application/geo+json', 'application/vnd.oai.openapi+json'],
      default: JSON_TYPE,
    })) === (f ? 'html' : HTML_TYPE)

/** What an answer in two forms is, as a description of the API has it. */
export const inTwoForms = (description: string, type: string) => ({
  200: {
    description,
    content: { [type]: { schema: z.looseObject({}) }, [HTML_TYPE]: { schema: z.string() } },
  },
})

interface Forms {
  type: string
  document: object
  title: string
  page: () => ReturnType<typeof html>
}

/** Sends the form that is wanted. */
export async function answer(context: Context, isPage: boolean, { type, document, title, page }: Forms) {
  context.header('vary', 'Accept, Authorization, Cookie')
  if (isPage) return (await sendPlainPage(context, title, page())) as never
  return context.body(JSON.stringify(document), 200, { 'content-type': type }) as never
}
