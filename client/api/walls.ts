import type { Alarm } from '../../geodata/walls/alarm.schema.ts'
import type { WallLayout, WallLayoutInput } from '../../geodata/walls/layout.schema.ts'
import type { OpenWall, PushRequest, WallStatus } from '../../geodata/walls/open-wall.schema.ts'
import type { WallPicture } from '../../geodata/walls/picture.schema.ts'
import type { WallSourceRule } from '../../geodata/walls/source.schema.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const WALLS = '/api/v1/walls'

/** A layout by its name, or cells by their codes with commas between; neither: all that is reached. */
export interface PictureOf {
  layout?: string | undefined
  cells?: string | undefined
}

/** All that a wall shows, at one moment. `after`: an event that was heard, perhaps from another process of the server. */
export const getPicture = ({ layout, cells }: PictureOf, after: number | undefined, signal: AbortSignal) =>
  requestJson<WallPicture>(withQuery(`${WALLS}/picture`, { layout, cells, after }), { signal })

/** Whether the server lives at all: asked without a cookie, so that it need not look anybody up in its database. */
export const isServerUp = (signal: AbortSignal): Promise<boolean> =>
  fetch('/healthz', { signal, credentials: 'omit', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

const answer = (key: string, how: 'acknowledge' | 'shelve' | 'withdraw', body: object) =>
  sendJson<Alarm>('POST', `/api/v1/alarms/${encodeURIComponent(key)}/${how}`, body)

/** Somebody has seen to it; it stays on the list, and is no longer called for. */
export const acknowledgeAlarm = (key: string) => answer(key, 'acknowledge', {})

/** Off the list for so long, or until it gets worse. */
export const shelveAlarm = (key: string, minutes: number) => answer(key, 'shelve', { minutes })

/** Nobody has answered it any more. */
export const withdrawAnswer = (key: string) => answer(key, 'withdraw', {})

/** A wall says that it is there, and how it is. */
export const tellStatus = (status: WallStatus) => sendJson<void>('POST', `${WALLS}/status`, status)

const LAYOUTS = `${WALLS}/layouts`

export const listLayouts = () =>
  requestJson<{ layouts: WallLayout[] }>(LAYOUTS).then(({ layouts }) => layouts)

export const createLayout = (input: WallLayoutInput) => sendJson<WallLayout>('POST', LAYOUTS, input)

/** Throws ApiError 412 when someone else changed it since. */
export const replaceLayout = ({ id, version }: Pick<WallLayout, 'id' | 'version'>, input: WallLayoutInput) =>
  sendJson<WallLayout>('PUT', `${LAYOUTS}/${id}`, input, version)

export const deleteLayout = ({ id, version }: Pick<WallLayout, 'id' | 'version'>) =>
  sendJson<void>('DELETE', `${LAYOUTS}/${id}`, undefined, version)

/** Walls that were open within the last week. */
export const listOpenWalls = () => requestJson<{ walls: OpenWall[] }>(WALLS).then(({ walls }) => walls)

export const pushToWalls = (request: PushRequest) =>
  sendJson<{ eventId: number; walls: string[] }>('POST', `${WALLS}/push`, request)

const SOURCES = `${WALLS}/sources`

/** How often each source is expected to say something. */
export const listSourceRules = () =>
  requestJson<{ sources: WallSourceRule[] }>(SOURCES).then(({ sources }) => sources)

/** Throws ApiError 412 when someone else changed it since. */
export const putSourceRule = ({ id, version, ...input }: WallSourceRule) =>
  sendJson<WallSourceRule>('PUT', `${SOURCES}/${id}`, input, version)
