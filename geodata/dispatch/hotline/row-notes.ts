/** What is said about a row of a hotline file, in both languages; `{…}` are filled in. */
const NOTES = {
  'number-missing': { zh: '没有工单编号', en: 'The order number is missing' },
  'number-rounded': {
    zh: '工单编号“{value}”被表格软件改成了科学计数法，请把该列设为文本后重新导出',
    en: 'A spreadsheet rounded the order number to “{value}”: make the column text and export again',
  },
  'number-wrong': {
    zh: '“{value}”不是工单编号：只能用字母、数字、- 和 _，最多 40 位',
    en: '“{value}” is not an order number: letters, digits, - and _, at most 40',
  },
  'number-personal': {
    zh: '工单编号是电话或证件号码，不予保存',
    en: 'The order number is a phone or identity number, which is not stored',
  },
  'time-missing': { zh: '没有受理时间', en: 'The time of receipt is missing' },
  'time-wrong': {
    zh: '受理时间“{value}”无法识别，应如 2026-11-22 07:40（北京时间）',
    en: 'The time of receipt “{value}” cannot be read; write 2026-11-22 07:40 (China time)',
  },
  'time-future': { zh: '受理时间 {value} 在将来', en: 'The time of receipt {value} lies in the future' },
  'demand-missing': { zh: '没有诉求内容', en: 'The demand is missing' },
  'columns-surplus': {
    zh: '这一行的内容多于表头的 {value} 列：含分隔符的内容须加引号，否则会错列',
    en: 'The row has more than the {value} columns of the heading: put quotes around texts that have the separator in them',
  },
  'severity-unknown': {
    zh: '紧急程度“{value}”无法识别，按“中”处理',
    en: 'The severity “{value}” is not known; taken as medium',
  },
  'category-missing': { zh: '没有事项类别，待补充', en: 'The category is missing: it waits for one' },
  'category-unknown': {
    zh: '事项类别“{value}”不在目录中，待补充',
    en: 'The category “{value}” is not in the catalogue: it waits for one',
  },
  'coordinates-wrong': {
    zh: '坐标“{value}”无法识别，改按网格或地址定位',
    en: 'The coordinates “{value}” cannot be read; placed by cell or address instead',
  },
  'coordinates-outside': {
    zh: '坐标不在任何社区内，请检查坐标系，待定位',
    en: 'The coordinates lie in no community: check their system; it waits to be placed',
  },
  'cell-unknown': {
    zh: '没有编码为“{value}”的网格，改按地址定位',
    en: 'No cell has the code “{value}”; placed by its address instead',
  },
  'placed-by-cell': {
    zh: '没有坐标，先放在网格“{value}”中央',
    en: 'Without coordinates: put in the middle of “{value}”',
  },
  'placed-by-address': {
    zh: '没有坐标，按地址放在“{value}”',
    en: 'Without coordinates: put at “{value}” by its address',
  },
  'address-ambiguous': {
    zh: '地址“{value}”对应多处，待定位',
    en: 'Several places have the address “{value}”: it waits to be placed',
  },
  'place-missing': { zh: '没有找到位置，待定位', en: 'No place was found: it waits to be placed' },
  masked: {
    zh: '内容中的 {value} 个电话或证件号码已略去',
    en: 'Phone or identity numbers left out of its texts: {value}',
  },
  cut: { zh: '“{value}”过长，已截短', en: '“{value}” was too long and is cut' },
  exists: { zh: '已导入过，未改动', en: 'It was imported before; nothing was changed' },
  differs: {
    zh: '已导入过，但内容不同；保留原有内容，未改动',
    en: 'It was imported before with another content; what was there stays',
  },
  repeated: {
    zh: '工单编号在第 {value} 行已出现，忽略本行',
    en: 'Line {value} has the same order number; this one is left out',
  },
  'repeated-differs': {
    zh: '第 {value} 行是同一工单编号但内容不同，本行未导入：请核对编号是否被表格软件改写',
    en: 'Line {value} has the same order number with another content, so this one is not imported: has a spreadsheet changed the numbers?',
  },
} as const satisfies Record<string, { zh: string; en: string }>
export type RowNoteCode = keyof typeof NOTES

export interface RowNote {
  code: RowNoteCode
  zh: string
  en: string
}

/** Values come from the file: they are cut, and never longer than 60 characters. */
export function rowNote(code: RowNoteCode, value: string | number = ''): RowNote {
  const shown = String(value).slice(0, 60)
  // A function, so that “$&” in a file stays what it is.
  const fill = (words: string) => words.replace('{value}', () => shown)
  return { code, zh: fill(NOTES[code].zh), en: fill(NOTES[code].en) }
}
