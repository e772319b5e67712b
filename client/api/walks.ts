import type { Around } from '../../geodata/walks/around.schema.ts'
import type { MyRounds } from '../../geodata/walks/my-round.schema.ts'
import type { SyncAnswer, WalkEntryInput } from '../../geodata/walks/walk.schema.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const PATROLS = '/api/v1/patrols'
const ACCEPT = 'application/json, application/problem+json'

/** The rounds that whoever is signed in walks now or in the next 24 hours. */
export const getMyRounds = (signal?: AbortSignal) =>
  requestJson<MyRounds>(`${PATROLS}/mine`, signal ? { signal } : {})

/** Streets and buildings around a round of mine. */
export const getAround = (planId: number, roundId: string) =>
  requestJson<Around>(withQuery(`${PATROLS}/mine/${roundId}/around`, { plan: planId }))

/** Entries that were sent before change nothing. */
export const syncEntries = (device: string, entries: readonly WalkEntryInput[]) =>
  sendJson<SyncAnswer>('POST', `${PATROLS}/sync`, { device, entries })

/** The photo of a report, by the id of its entry; sent twice it is there once. */
export const sendReportPhoto = (entryId: string, photo: Blob) =>
  requestJson<unknown>(`${PATROLS}/reports/${entryId}/photo`, {
    method: 'POST',
    headers: { accept: ACCEPT, 'content-type': photo.type },
    body: photo,
  })

export interface TakenTrack {
  positions: number
  leftOut: number
}

/** The track of a round of mine that another device recorded; sent twice it is there once. */
export const sendGpx = (planId: number, roundId: string, file: Blob) =>
  requestJson<TakenTrack>(withQuery(`${PATROLS}/runs/${roundId}/gpx`, { plan: planId }), {
    method: 'POST',
    headers: { accept: ACCEPT, 'content-type': 'application/gpx+xml' },
    body: file,
  })
