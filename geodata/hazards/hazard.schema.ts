import { z } from 'zod'
import { derivedCells, derivedCommon, isoDateTime, name, optionalText, text } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export const HAZARD_STATES = [
  'reported',
  'pending_verify',
  'rejected',
  'pending_dispatch',
  'dispatched',
  'handling',
  'returned',
  'handled',
  'pending_check',
  'reopened',
  'closed',
] as const

/** A category is the triple (standard, kind, code): component and matter codes overlap. */
export const hazards: LayerDefinition = {
  id: 'hazards',
  title: { zh: '隐患', en: 'Hazards' },
  noun: { zh: '隐患', en: 'Hazard' },
  geometry: 'Point',
  input: z.strictObject({
    title: name(),
    description: optionalText(2000),
    categoryStandard: text(40).default('GB/T 47678.5-2026'),
    categoryKind: z.enum(['matter', 'component', 'local']).default('matter'),
    categoryCode: text(20),
    severity: z.enum(SEVERITIES).default('medium'),
    state: z.enum(HAZARD_STATES).default('reported'),
    reportedAt: isoDateTime(),
    dueAt: isoDateTime().nullable().default(null),
  }),
  derived: z.object({ buildingCode: z.string().nullable(), ...derivedCells, ...derivedCommon }),
  kindProperty: 'categoryCode',
  stateProperty: 'state',
  historyProperties: ['state', 'dueAt'],
  timeProperty: 'reportedAt',
  searchProperties: ['title', 'categoryCode'],
  tileProperties: ['title', 'categoryCode', 'severity', 'state', 'dueAt'],
  minZoom: 10,
}
