import type { SavedView, ViewInput } from '../../geodata/views/view.schema.ts'
import { requestJson } from './request.ts'

const API = '/api/v1/views'

const send = (method: string, body: ViewInput, version?: number): RequestInit => ({
  method,
  headers: {
    accept: 'application/json, application/problem+json',
    'content-type': 'application/json',
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  },
  body: JSON.stringify(body),
})

export const listViews = () => requestJson<{ views: SavedView[] }>(API).then(({ views }) => views)

export const createView = (input: ViewInput) => requestJson<SavedView>(API, send('POST', input))

/** Throws ApiError 412 when someone else changed the view meanwhile. */
export const replaceView = ({ id, version }: SavedView, input: ViewInput) =>
  requestJson<SavedView>(`${API}/${id}`, send('PUT', input, version))

export const deleteView = ({ id, version }: SavedView) =>
  requestJson<void>(`${API}/${id}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })
