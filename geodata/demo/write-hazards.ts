import { HAZARD_CATEGORIES } from '../hazards/catalogue.ts'
import type { HAZARD_STATES, SEVERITIES } from '../hazards/hazard.schema.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import { createRandom, type Random } from './random.ts'
import { collectPoints, doorOf } from './spots.ts'
import type { Town } from './town.ts'
import type { PlacedBuilding } from './write-cells.ts'

type Severity = (typeof SEVERITIES)[number]
type State = (typeof HAZARD_STATES)[number]
type Place = 'village' | 'lanes' | 'estate' | 'shop' | 'works'

/** What is found where: category code, title, severities from likely to rare. */
const FINDINGS: Record<Place, [code: string, title: string, severities: Severity[]][]> = {
  village: [
    ['L0001', '一楼经营、二楼住人，未做防火分隔', ['high', 'critical']],
    ['L0001', '底商夹层住人，逃生窗被封', ['critical', 'high']],
    ['L0002', '隔断出租，房间超过登记数', ['medium', 'high']],
    ['L0003', '门厅内给电动自行车充电', ['high', 'high', 'critical']],
    ['09012', '巷道停车占用消防通道', ['medium', 'high']],
    ['06036', '门前堆放木料纸板', ['medium', 'low']],
    ['06001', '屋顶加盖彩钢板房', ['medium', 'high']],
    ['06010', '宅后积存生活垃圾', ['low', 'medium']],
  ],
  lanes: [
    ['06036', '楼道堆放杂物', ['medium', 'low']],
    ['06001', '天井搭建雨棚', ['low', 'medium']],
    ['09012', '弄口停车，消防车无法进入', ['high', 'medium']],
    ['L0003', '室内给电动自行车充电', ['high']],
    ['01013', '灭火器压力不足', ['medium']],
    ['06010', '弄堂垃圾未及时清运', ['low']],
  ],
  estate: [
    ['09010', '单元门前非机动车乱停放', ['low', 'low', 'medium']],
    ['01013', '消火栓箱无水带', ['medium', 'high']],
    ['09012', '登高场地停放机动车', ['high', 'medium']],
    ['L0003', '楼道内飞线充电', ['high', 'critical']],
    ['06036', '楼道堆放杂物', ['medium', 'low']],
    ['01054', '充电棚插座损坏', ['medium', 'low']],
  ],
  shop: [
    ['01013', '灭火器过期', ['medium', 'low']],
    ['06036', '店外堆物占道', ['low', 'medium']],
    ['09010', '店前共享单车堆积', ['low']],
    ['L0001', '店内留人住宿', ['high', 'critical']],
  ],
  works: [
    ['01013', '疏散指示灯不亮', ['medium']],
    ['06036', '通道堆放货物', ['medium', 'high']],
  ],
}
const LIKELIHOOD: Record<Place, number> = {
  village: 0.115,
  lanes: 0.05,
  estate: 0.035,
  shop: 0.035,
  works: 0.05,
}
const LIMIT_DAYS: Record<Severity, number> = { critical: 1, high: 3, medium: 7, low: 15 }
const OPEN: State[] = [
  'reported',
  'pending_verify',
  'pending_dispatch',
  'dispatched',
  'dispatched',
  'handling',
  'handling',
  'handling',
  'returned',
  'handled',
  'pending_check',
  'reopened',
]
const DAY = 86_400_000

/** Findings of the last 60 days, most of them closed, clustered in the village and the lanes. */
export function writeHazards(
  town: Town,
  placed: readonly PlacedBuilding[],
  nowIso: string,
): IncomingFeature[] {
  const random = createRandom(town.seed, 6)
  const out = collectPoints('hazards')
  const now = Date.parse(nowIso)
  const iso = (time: number) => new Date(time).toISOString()
  for (const building of placed) {
    const place = placeOf(building)
    // Streets differ: some corners collect findings.
    const luck =
      0.35 + 1.3 * createRandom(town.seed, 7, building.community.column, hash(building.grid.name)).next()
    if (!random.chance(LIKELIHOOD[place] * luck)) continue
    const [code, title, severities] = random.pick(FINDINGS[place])
    const category = HAZARD_CATEGORIES.find((each) => each.code === code)!
    const severity = random.pick(severities)
    const { state, ageDays } = stateAndAge(random, severity)
    const reportedAt = now - ageDays * DAY
    const where = building.draft.address ?? building.draft.name ?? building.community.name
    out.add(doorOf(building.draft), {
      title: `${where}${title}`,
      description: null,
      categoryStandard: category.standard,
      categoryKind: category.kind,
      categoryCode: code,
      severity,
      state,
      reportedAt: iso(reportedAt),
      dueAt: iso(reportedAt + LIMIT_DAYS[severity] * DAY),
    })
  }
  return out.features
}

const placeOf = ({ draft, community }: PlacedBuilding): Place => {
  if (draft.role === 'house') return community.isVillage ? 'village' : 'lanes'
  if (draft.role === 'shop' || draft.role === 'service-centre') return 'shop'
  return draft.role === 'other' ? 'works' : 'estate'
}

const hash = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.codePointAt(0)!) | 0, 7)

/** Old findings are closed; what is open is recent, a sixth of it past its limit. */
function stateAndAge(random: Random, severity: Severity): { state: State; ageDays: number } {
  const roll = random.next()
  if (roll < 0.62) return { state: 'closed', ageDays: random.between(3, 60) }
  if (roll < 0.66) return { state: 'rejected', ageDays: random.between(2, 50) }
  const limit = LIMIT_DAYS[severity]
  const isLate = random.chance(0.16)
  const ageDays = isLate ? limit * random.between(1.02, 1.9) : limit * random.between(0.02, 0.95)
  return { state: random.pick(OPEN), ageDays }
}
