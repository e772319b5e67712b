import { requestJson } from './request.ts'

const API = '/api/v1/views'

/** A view that someone kept: the query of the page's URL under a name. */
export interface SavedView {
  id: number
  version: number
  name: string
  /** Begins with `?`, or is empty. */
  query: string
  workspace: string | null
  updatedAt: string
}
export type SavedViewInput = Pick<SavedView, 'name' | 'query' | 'workspace'>

const send = (method: string, body: SavedViewInput, version?: number): RequestInit => ({
  method,
  headers: {
    accept: 'application/json, application/problem+json',
    'content-type': 'application/json',
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  },
  body: JSON.stringify(body),
})

export const listViews = () => requestJson<{ views: SavedView[] }>(API).then(({ views }) => views)

export const createView = (input: SavedViewInput) => requestJson<SavedView>(API, send('POST', input))

/** Throws ApiError 412 when someone else changed the view meanwhile. */
export const replaceView = ({ id, version }: SavedView, input: SavedViewInput) =>
  requestJson<SavedView>(`${API}/${id}`, send('PUT', input, version))

export const deleteView = ({ id, version }: SavedView) =>
  requestJson<void>(`${API}/${id}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })
