import type { SavedView, ViewInput } from '../../geodata/views/view.schema.ts'
import { requestJson } from './request.ts'
import { sendJson } from './send-json.ts'

const API = '/api/v1/views'

export const listViews = () => requestJson<{ views: SavedView[] }>(API).then(({ views }) => views)

export const createView = (input: ViewInput) => sendJson<SavedView>('POST', API, input)

/** Throws ApiError 412 when someone else changed the view meanwhile. */
export const replaceView = ({ id, version }: SavedView, input: ViewInput) =>
  sendJson<SavedView>('PUT', `${API}/${id}`, input, version)

export const deleteView = ({ id, version }: SavedView) =>
  sendJson<void>('DELETE', `${API}/${id}`, undefined, version)
