import { z } from 'zod'
import { isoDate, optionalText, text } from '../shared/fields.ts'
import type { LayerId } from '../shared/layer.ts'

/**
 * What somebody answers for, and the layers that it is held for. Whoever holds it is a label such as “网格长 01” or a
 * member of staff: nothing about residents, and no way to reach anybody.
 */
export const DUTY_ROLES = {
  'grid-head': { zh: '网格长', en: 'Grid head', layers: ['grids'] },
  'micro-grid-head': { zh: '微网格长', en: 'Micro-grid head', layers: ['micro-grids'] },
  'area-staff': { zh: '专职网格员', en: 'Area staff', layers: ['communities', 'grids', 'micro-grids'] },
  'building-leader': { zh: '楼栋长', en: 'Building leader', layers: ['buildings'] },
  'second-leader': { zh: '第二楼长', en: 'Second building leader', layers: ['buildings'] },
  'post-keeper': { zh: '点位负责人', en: 'Post keeper', layers: ['checkpoints', 'facilities'] },
  'fire-watch': { zh: '十户联防', en: 'Fire watch', layers: ['buildings', 'facilities'] },
  'fire-watch-leader': { zh: '联防组长', en: 'Fire watch leader', layers: ['buildings', 'facilities'] },
} as const satisfies Record<string, { zh: string; en: string; layers: readonly LayerId[] }>
export type DutyRole = keyof typeof DUTY_ROLES
export const DUTY_ROLE_NAMES = Object.keys(DUTY_ROLES) as DutyRole[]
export const dutyRoleSchema = z.enum(DUTY_ROLE_NAMES as [DutyRole, ...DutyRole[]])

export const DUTY_LAYERS = [
  'communities',
  'grids',
  'micro-grids',
  'buildings',
  'facilities',
  'checkpoints',
] as const satisfies readonly LayerId[]
export type DutyLayer = (typeof DUTY_LAYERS)[number]
export const dutyLayerSchema = z.enum(DUTY_LAYERS)

export const isDutyOf = (role: DutyRole, layer: string): boolean =>
  (DUTY_ROLES[role].layers as readonly string[]).includes(layer)

const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER)
const version = z.int().min(1).max(2_000_000_000)

/** How whoever holds duties is called. */
export const holderName = () => text(60).min(1)

const dutyFields = {
  role: dutyRoleSchema,
  layer: dutyLayerSchema,
  feature: id.describe('Id in its layer'),
  holder: holderName(),
  since: isoDate().nullable().default(null).describe('First day; null: always'),
  until: isoDate().nullable().default(null).describe('Last day; null: no end'),
  note: optionalText(200),
}

/** One duty as it is sent. `id` and `version` are null for a new one. */
export const dutyPutSchema = z
  .strictObject({ id: id.nullable(), version: version.nullable(), ...dutyFields })
  .superRefine(({ id, version, role, layer, since, until }, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if ((id === null) !== (version === null))
      fault('version', 'is given together with the id, and left null for a new duty')
    if (!isDutyOf(role, layer))
      fault('layer', `of a duty “${role}” is one of ${DUTY_ROLES[role].layers.join(', ')}`)
    if (since !== null && until !== null && until < since) fault('until', 'is before the first day')
  })
export type DutyPut = z.infer<typeof dutyPutSchema>

/** So many duties are changed at once. */
export const MAX_DUTY_CHANGES = 5000

/** Duties to put and to delete: all of it, or nothing. What takes it back is of the same kind. */
export const dutyChangesSchema = z
  .strictObject({
    puts: z.array(dutyPutSchema).max(MAX_DUTY_CHANGES).default([]),
    deletes: z.array(z.strictObject({ id, version })).max(MAX_DUTY_CHANGES).default([]),
  })
  .superRefine(({ puts, deletes }, context) => {
    const seen = new Set<number>()
    for (const [list, rows] of Object.entries({ puts, deletes }))
      for (const [at, { id }] of rows.entries()) {
        if (id === null) continue
        if (seen.has(id))
          context.addIssue({ code: 'custom', path: [list, at, 'id'], message: `${id} stands here twice` })
        seen.add(id)
      }
  })
  .meta({ id: 'DutyChanges' })
export type DutyChanges = z.infer<typeof dutyChangesSchema>

export const dutySchema = z
  .object({
    id: z.int(),
    version: z.int(),
    role: dutyRoleSchema,
    layer: dutyLayerSchema,
    feature: z.int(),
    holder: z.string(),
    since: z.string().nullable(),
    until: z.string().nullable(),
    note: z.string().nullable(),
    updatedAt: z.string(),
    current: z.boolean().describe('Held today'),
    code: z.string().nullable().describe('Of what it is held for'),
    name: z.string().nullable(),
  })
  .meta({ id: 'Duty' })
export type Duty = z.infer<typeof dutySchema>

export const savedDutiesSchema = z
  .object({
    duties: z.array(dutySchema).describe('What was put, in the order in which it was sent'),
    undo: dutyChangesSchema.describe('Send it to take all of it back'),
  })
  .meta({ id: 'SavedDuties' })
export type SavedDuties = z.infer<typeof savedDutiesSchema>
