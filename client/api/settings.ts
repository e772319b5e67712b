import type { SettingsAnswer, SettingsPatch } from '../../geodata/settings/settings.schema.ts'
import { requestJson } from './request.ts'

export const getSettings = () => requestJson<SettingsAnswer>('/api/v1/settings')

/** Throws ApiError 412 when someone else changed a setting meanwhile. */
export const patchSettings = (version: number, patch: SettingsPatch) =>
  requestJson<SettingsAnswer>('/api/v1/settings', {
    method: 'PATCH',
    headers: {
      accept: 'application/json, application/problem+json',
      'content-type': 'application/json',
      'if-match': `"${version}"`,
    },
    body: JSON.stringify(patch),
  })
