import { FACILITY_KINDS, FACILITY_STATUSES } from '../../facilities/facility.schema.ts'
import { SITE_TYPES } from '../../patrols/checkpoint.schema.ts'
import type { LayerDefinition } from '../../shared/layer.ts'

/** Names that Chinese files and other tools use for our properties. The first that the layer has is taken. */
const ALIASES: [names: string, ...properties: string[]][] = [
  ['名称 名字 小区名称 社区名称 网格名称 微网格名称 楼栋名称 楼名 设施名称 点位名称 mc', 'name', 'title'],
  ['标题 隐患名称', 'title'],
  ['编码 代码 编号 区划代码 社区编码 社区代码 网格编码 网格代码 微网格编码 楼栋编码 bm', 'code'],
  ['地址 详细地址 坐落 addr dz', 'address'],
  ['户数 总户数 居民户数', 'households'],
  ['人口 人口数 总人口', 'population'],
  ['层数 楼层 楼层数 地上层数 levels building:levels', 'floors'],
  ['高度 建筑高度 height', 'heightMetres'],
  ['用途 建筑用途 使用性质', 'use'],
  ['类型 类别 种类', 'kind', 'use', 'siteType'],
  ['点位类型', 'siteType'],
  ['状态', 'status', 'state'],
  ['容量 车位数 数量', 'capacity'],
  ['开放时间 营业时间 opening_hours', 'openingHours'],
  ['风险 风险等级', 'risk'],
  ['描述 说明', 'description'],
  ['可步行', 'walkable'],
]
const PROPERTIES_OF = new Map(
  ALIASES.flatMap(([names, ...properties]) =>
    names.split(' ').map((name): [string, string[]] => [plain(name), properties]),
  ),
)

/** Chinese words for our catalogue values, for fields that hold one of a list. */
const WORDS = new Map<string, string>([
  ...Object.entries({ ...FACILITY_KINDS, ...SITE_TYPES }).map(([key, { zh }]): [string, string] => [zh, key]),
  ...FACILITY_STATUSES.map((status): [string, string] => [status, status]),
  ...Object.entries({
    residential: '住宅 居住 居民楼',
    commercial: '商业 商铺',
    office: '办公 写字楼',
    industrial: '工业 厂房',
    warehouse: '仓储 仓库',
    hospital: '医疗 医院',
    public: '公共 公共服务',
    religious: '宗教',
    mixed: '商住 综合',
    community: '社区 居委会',
    village: '村 村委会 行政村',
    general: '综合网格 基础网格',
    special: '专属网格 专属',
    'in-service': '正常 在用',
    'out-of-service': '停用 故障 损坏',
    low: '低',
    medium: '中',
    high: '高',
  }).flatMap(([key, words]) => words.split(' ').map((word): [string, string] => [word, key])),
])

export const catalogueValue = (word: string): string | undefined => WORDS.get(word.trim())

export type PropertyTarget = { input: string } | { derived: true } | undefined

/** Which of a layer's properties a key in a file means: its own name in any case, or a known alias. */
export function propertyFinder(layer: LayerDefinition): (key: string) => PropertyTarget {
  const inputs = new Map(Object.keys(layer.input.shape).map((key) => [plain(key), key]))
  const derived = new Set([...Object.keys(layer.derived.shape), 'id', 'version', 'layer'].map(plain))
  return (key) => {
    const name = plain(key)
    const own = inputs.get(name)
    if (own) return { input: own }
    if (derived.has(name)) return { derived: true }
    const alias = PROPERTIES_OF.get(name)?.find((property) => property in layer.input.shape)
    return alias ? { input: alias } : undefined
  }
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, '')
}
