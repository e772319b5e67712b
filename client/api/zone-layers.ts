import { requestJson } from './request.ts'

export interface ZoneLayer {
  code: string
  zh: string
  en: string
}

/** The divisions that zones belong to: police grids, Party grids … */
export const listZoneLayers = () =>
  requestJson<{ zoneLayers: ZoneLayer[] }>('/api/v1/zone-layers').then(({ zoneLayers }) => zoneLayers)
