/** Columns of a hotline file: how they are headed in the template, and what else they are called. */
export const HOTLINE_COLUMNS = {
  number: {
    zh: '工单编号',
    en: 'Order number',
    also: [
      '工单号',
      '编号',
      '工单',
      '案件编号',
      '受理编号',
      '工单号码',
      'order',
      'order no',
      'number',
      'ticket',
    ],
  },
  receivedAt: {
    zh: '受理时间',
    en: 'Received at',
    also: ['来电时间', '接单时间', '登记时间', '派单时间', 'received', 'time', 'date'],
  },
  channel: {
    zh: '受理渠道',
    en: 'Channel',
    also: ['来源', '渠道', '来源渠道', '诉求来源', '诉求渠道', '工单来源', 'source'],
  },
  title: { zh: '标题', en: 'Title', also: ['工单标题', '诉求标题', '主题', 'subject'] },
  demand: {
    zh: '诉求内容',
    en: 'Demand',
    also: ['内容', '工单内容', '问题描述', '反映内容', '事件描述', 'content', 'description', 'request'],
  },
  category: {
    zh: '事项类别',
    en: 'Category',
    also: ['类别', '事项代码', '类别代码', '问题类别', '诉求类别', 'category code', 'kind'],
  },
  severity: {
    zh: '紧急程度',
    en: 'Severity',
    also: ['严重程度', '等级', '紧急等级', 'urgency', 'priority'],
  },
  address: {
    zh: '事发地址',
    en: 'Address',
    also: ['地址', '地点', '发生地址', '诉求地址', '事发地点', 'place', 'location'],
  },
  cell: {
    zh: '网格编码',
    en: 'Grid code',
    also: ['网格', '网格号', '社区编码', '微网格编码', 'grid', 'cell', 'cell code'],
  },
  lng: { zh: '经度', en: 'Longitude', also: ['lng', 'lon', 'x', '经度坐标'] },
  lat: { zh: '纬度', en: 'Latitude', also: ['lat', 'y', '纬度坐标'] },
} as const satisfies Record<string, { zh: string; en: string; also: readonly string[] }>
export type HotlineColumn = keyof typeof HOTLINE_COLUMNS
export const HOTLINE_COLUMN_NAMES = Object.keys(HOTLINE_COLUMNS) as HotlineColumn[]
export const NEEDED_COLUMNS = ['number', 'receivedAt', 'demand'] as const satisfies HotlineColumn[]

/** About the caller: none of it is read into the database, whatever it is headed. */
const PERSONAL =
  /姓名|称呼|来电人|诉求人|反映人|联系人|投诉人|市民|当事人|电话|手机|号码|联系方式|身份证|证件|性别|年龄|微信|邮箱|caller|customer|complainant|contact|person|phone|mobile|tel\b|telephone|e-?mail|wechat|id card|identity|gender|\bage\b|\bname\b/i

export interface MappedColumns {
  /** Index of each column that the file has. */
  at: Partial<Record<HotlineColumn, number>>
  /** Headings that look like the caller's: left out. */
  personal: string[]
  /** Headings that mean nothing here: left out. */
  unknown: string[]
  /** Headings that stand there twice, or two for the same. */
  repeated: string[]
}

/** Which column of a file is which, by its headings in either language, whatever their case, spaces and marks. */
export function mapColumns(headings: readonly string[]): MappedColumns {
  const mapped: MappedColumns = { at: {}, personal: [], unknown: [], repeated: [] }
  for (const [index, heading] of headings.entries()) {
    if (heading === '') continue
    const column = KNOWN.get(plain(heading))
    if (column === undefined)
      mapped[PERSONAL.test(heading) ? 'personal' : 'unknown'].push(heading.slice(0, 60))
    else if (mapped.at[column] !== undefined) mapped.repeated.push(heading.slice(0, 60))
    else mapped.at[column] = index
  }
  return mapped
}

const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-*:.()（）]/g, '')

const KNOWN: ReadonlyMap<string, HotlineColumn> = new Map(
  HOTLINE_COLUMN_NAMES.flatMap((column) => {
    const { zh, en, also } = HOTLINE_COLUMNS[column]
    return [column, zh, en, ...also].map((heading) => [plain(heading), column] as const)
  }),
)
