import { z } from 'zod'
import { derivedCommon, name, optionalText, text } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'

/** Divisions that overlap the hierarchy: police grids, Party grids, contractor areas. */
export const zones: LayerDefinition = {
  id: 'zones',
  title: { zh: '专题分区', en: 'Zones' },
  noun: { zh: '专题分区', en: 'Zone' },
  geometry: 'MultiPolygon',
  input: z.strictObject({
    zoneLayer: text(40).describe('Code of a zone layer, e.g. police, party, contractor'),
    code: optionalText(40),
    name: name(),
  }),
  derived: z.object({ ...derivedCommon }),
  kindProperty: 'zoneLayer',
  timeProperty: 'updatedAt',
  searchProperties: ['name', 'code'],
  tileProperties: ['zoneLayer', 'code', 'name'],
  minZoom: 10,
}
