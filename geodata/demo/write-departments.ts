import { HAZARD_CATEGORIES } from '../hazards/catalogue.ts'
import type { CellLayer } from '../shared/codes.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { DemoLayers } from './generate-demo.ts'

export interface DemoCategory {
  standard: string
  kind: string
  code: string
}

/** A department of the demo area. No people: cases are given to its name. */
export interface DemoDepartment {
  name: string
  /** Cells by source id; none: the whole area. */
  areas: { layer: CellLayer; sourceId: string }[]
  /** What it handles. */
  categories: DemoCategory[]
}

/** Of the whole sub-district, by the codes of what they handle. */
const OF_ALL: [name: string, codes: string[]][] = [
  ['综合行政执法队（城管）', ['06001', '06036', '09010', '09012']],
  ['消防救援站', ['01013', '09012', 'L0001', 'L0003']],
  ['住房和城乡建设办', ['06001', 'L0002']],
  ['应急管理办公室', ['01013', 'L0001']],
  ['市容环境卫生所', ['06010']],
  ['派出所', ['L0002', 'L0003']],
]
/** Of one community each: villages have no property management, so nobody sees to charging piles there, which is a gap to be found. */
const OF_ESTATES = ['01054', '06036', '09010', 'L0003']

/** Departments of a demo area: same layers, identical output. */
export function writeDepartments(layers: Pick<DemoLayers, 'communities'>): DemoDepartment[] {
  return [
    ...OF_ALL.map(([name, codes]) => ({ name, areas: [], categories: codes.map(categoryOf) })),
    ...layers.communities.filter(hasEstates).map(({ sourceId, properties }) => ({
      name: `${properties.name}物业服务中心`,
      areas: [{ layer: 'communities' as const, sourceId }],
      categories: OF_ESTATES.map(categoryOf),
    })),
  ]
}

const hasEstates = ({ properties }: IncomingFeature): boolean => properties.kind === 'community'

function categoryOf(code: string): DemoCategory {
  const category = HAZARD_CATEGORIES.find((each) => each.code === code)
  if (!category) throw new Error(`The catalogue has no category ${code}.`)
  return { standard: category.standard, kind: category.kind, code }
}
