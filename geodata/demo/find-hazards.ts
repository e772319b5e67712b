import { HAZARD_CATEGORIES } from '../hazards/catalogue.ts'
import type { Category, Severity } from '../hazards/limits.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import { reportTimes, weighted } from './case-days.ts'
import type { Vec } from './plane.ts'
import { createRandom } from './random.ts'
import { doorOf } from './spots.ts'
import type { PlacedBuilding } from './write-cells.ts'

/** A hazard as it was found, before anything was done about it. */
export interface Finding {
  at: Vec
  title: string
  category: Category
  severity: Severity
  /** Milliseconds since 1970. */
  reportedAt: number
  officer: string
  /** Source id of the community it lies in. */
  communitySourceId: string
}

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
/** How much more is found at one place than at another. */
const LIKELIHOOD: Record<Place, number> = {
  village: 0.115,
  lanes: 0.05,
  estate: 0.035,
  shop: 0.035,
  works: 0.05,
}
/** Hazards a building in three months; a large area has no more officers than it has, and fewer a building. */
const PER_BUILDING = 0.65
const MOST_FOR_ALL = 2000
const PER_FURTHER_BUILDING = 0.02
/** Of the hazards, those of one busy street; of late it is twice as bad. */
const BUSY_SHARE = 0.07

/** What was found in the last three months, clustered in the village and the lanes; in the order of time. */
export function findHazards(
  seed: number,
  placed: readonly PlacedBuilding[],
  { buildings, communities }: Record<'buildings' | 'communities', readonly IncomingFeature[]>,
  now: number,
): Finding[] {
  const random = createRandom(seed, 6)
  const communityOf = new Map(
    communities.map(({ sourceId, properties }) => [
      String(properties.code),
      { sourceId, name: String(properties.name) },
    ]),
  )
  // Streets differ: some corners collect findings.
  const weights = placed.map((building) => {
    const luck =
      0.35 + 1.3 * createRandom(seed, 7, building.community.column, hash(building.grid.name)).next()
    return LIKELIHOOD[placeOf(building)] * luck
  })
  const anywhere = weighted(weights)
  const { grid } = placed[anywhere(random.next())]!
  const busy = placed.flatMap((building, index) => (building.grid === grid ? [index] : []))
  const inBusy = weighted(busy.map((index) => weights[index]!))
  const count = Math.round(
    Math.min(PER_BUILDING * placed.length, MOST_FOR_ALL + PER_FURTHER_BUILDING * placed.length),
  )
  return reportTimes(random, count, now).map((reportedAt, order) => {
    const isBusy = random.chance(BUSY_SHARE * (order > 0.67 * count ? 2 : 1))
    const index = isBusy ? busy[inBusy(random.next())]! : anywhere(random.next())
    const building = placed[index]!
    const [code, title, severities] = random.pick(FINDINGS[placeOf(building)])
    const { standard, kind } = HAZARD_CATEGORIES.find((each) => each.code === code)!
    const community = communityOf.get(String(buildings[index]!.properties.code).slice(0, 12))!
    const where = building.draft.address ?? building.draft.name ?? community.name
    return {
      at: doorOf(building.draft),
      title: `${where}${title}`,
      category: { standard, kind, code },
      severity: random.pick(severities),
      reportedAt,
      officer: `${community.name}专职网格员 ${String(random.int(1, 4)).padStart(2, '0')}`,
      communitySourceId: community.sourceId,
    }
  })
}

const placeOf = ({ draft, community }: PlacedBuilding): Place => {
  if (draft.role === 'house') return community.isVillage ? 'village' : 'lanes'
  if (draft.role === 'shop' || draft.role === 'service-centre') return 'shop'
  return draft.role === 'other' ? 'works' : 'estate'
}

const hash = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.codePointAt(0)!) | 0, 7)
