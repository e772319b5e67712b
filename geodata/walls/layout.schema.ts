import { z } from 'zod'
import { areaCodesSchema } from '../access/area.schema.ts'
import { roleSchema } from '../access/session.schema.ts'
import { clockTime } from '../shared/fields.ts'
import { LAYER_IDS } from '../shared/layer.ts'
import { wallName } from './source.schema.ts'

/** What a wall may show as a figure. `better`: which way is good; `target` until a layout says otherwise. */
export const WALL_FIGURES = {
  overdue: { zh: '超期未结', en: 'Overdue now', unit: 'count', better: 'lower', target: 0 },
  'due-soon': { zh: '两小时内到期', en: 'Due within 2 h', unit: 'count', better: 'lower', target: null },
  unassigned: { zh: '未派单', en: 'Unassigned', unit: 'count', better: 'lower', target: 0 },
  'sites-missed': { zh: '漏巡点位', en: 'Patrol sites missed', unit: 'count', better: 'lower', target: 0 },
  'coverage-today': {
    zh: '今日巡查覆盖',
    en: 'Coverage today',
    unit: 'share',
    better: 'higher',
    target: 0.9,
  },
  open: { zh: '在办隐患', en: 'Open hazards', unit: 'count', better: 'lower', target: null },
  'new-today': { zh: '今日新增', en: 'New today', unit: 'count', better: 'lower', target: null },
  'closed-today': { zh: '今日结案', en: 'Closed today', unit: 'count', better: 'higher', target: null },
} as const satisfies Record<
  string,
  { zh: string; en: string; unit: 'count' | 'share'; better: 'lower' | 'higher'; target: number | null }
>
export type WallFigureId = keyof typeof WALL_FIGURES
export const WALL_FIGURE_IDS = Object.keys(WALL_FIGURES) as [WallFigureId, ...WallFigureId[]]

const figureChoice = z.strictObject({
  id: z.enum(WALL_FIGURE_IDS),
  target: z.number().min(0).max(1_000_000).nullable().describe('null: none; shares from 0 to 1'),
})

export const STANDARD_FIGURES: z.infer<typeof figureChoice>[] = (
  ['overdue', 'due-soon', 'unassigned', 'sites-missed', 'coverage-today'] as const
).map((id) => ({ id, target: WALL_FIGURES[id].target }))

/** One screen: what it shows, how large it must write, where its tour goes. */
export const wallLayoutInputSchema = z
  .strictObject({
    name: wallName().describe('Unique, whatever the case of its letters'),
    role: roleSchema.nullable().default(null).describe('For whom it is meant; null: anyone'),
    area: areaCodesSchema.max(60).default([]).describe('What it shows; none: all that its token reaches'),
    figures: z
      .array(figureChoice)
      .min(1)
      .max(6)
      .refine((figures) => new Set(figures.map(({ id }) => id)).size === figures.length, 'has a figure twice')
      .default(STANDARD_FIGURES),
    screen: z
      .strictObject({
        distanceMetres: z.number().min(0.4).max(60).describe('Of the farthest reader'),
        diagonalInches: z.number().min(5).max(600),
        widthPixels: z
          .int()
          .min(320)
          .max(30_000)
          .nullable()
          .default(null)
          .describe('Of the whole screen; null: as the browser says'),
      })
      // 55 inches are 0.68 m high; a desk stands some four heights away. Whoever reads from farther says so.
      .default({ distanceMetres: 2.5, diagonalInches: 55, widthPixels: null }),
    tour: z
      .strictObject({
        isOn: z.boolean().default(true),
        areas: areaCodesSchema.max(60).default([]).describe('In order; none: the cells within the area'),
        dwellSeconds: z.int().min(5).max(3600).default(30),
        stopsOnWorst: z.boolean().default(true).describe('Stays on the worst open item until it is answered'),
      })
      .default({ isOn: true, areas: [], dwellSeconds: 30, stopsOnWorst: true }),
    night: z
      .strictObject({ from: clockTime(), to: clockTime(), brightness: z.number().min(0.1).max(1) })
      .nullable()
      .default(null)
      .describe('When it is dimmed, Asia/Shanghai; null: never'),
    sound: z.boolean().default(false),
    language: z.enum(['zh', 'en']).default('zh'),
    theme: z.enum(['dark', 'light']).default('dark'),
    layers: z
      .array(z.enum(LAYER_IDS))
      .max(LAYER_IDS.length)
      .default(['communities', 'grids', 'landcover', 'roads', 'buildings']),
    showsPeople: z.boolean().default(false).describe('About where people are on patrol, never exactly'),
  })
  .meta({ id: 'WallLayoutInput' })
export type WallLayoutInput = z.infer<typeof wallLayoutInputSchema>

export const wallLayoutSchema = z
  .object({
    ...wallLayoutInputSchema.shape,
    id: z.int(),
    version: z.int().describe('Send it back as If-Match: "version"'),
    updatedBy: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'WallLayout' })
export type WallLayout = z.infer<typeof wallLayoutSchema>

/** Of walls that name none. */
export const STANDARD_LAYOUT: WallLayoutInput = wallLayoutInputSchema.parse({ name: '—' })
