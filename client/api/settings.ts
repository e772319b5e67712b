import type { SettingsAnswer, SettingsPatch } from '../../geodata/settings/settings.schema.ts'
import { requestJson } from './request.ts'
import { sendJson } from './send-json.ts'

export const getSettings = () => requestJson<SettingsAnswer>('/api/v1/settings')

/** Throws ApiError 412 when someone else changed a setting meanwhile. */
export const patchSettings = (version: number, patch: SettingsPatch) =>
  sendJson<SettingsAnswer>('PATCH', '/api/v1/settings', patch, version)
