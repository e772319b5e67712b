/** A working excerpt of GB/T 47678.5-2026 matter codes, with local extensions; no claim of conformance. */
export const HAZARD_CATEGORIES = [
  {
    standard: 'GB/T 47678.5-2026',
    kind: 'matter',
    code: '01013',
    zh: '消防设施异常',
    en: 'Fire-fighting facility fault',
  },
  {
    standard: 'GB/T 47678.5-2026',
    kind: 'matter',
    code: '01054',
    zh: '充电桩异常',
    en: 'Charging pile fault',
  },
  { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06001', zh: '违章搭建', en: 'Unlicensed building' },
  { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06010', zh: '暴露垃圾', en: 'Exposed rubbish' },
  { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06036', zh: '乱堆物料', en: 'Clutter' },
  {
    standard: 'GB/T 47678.5-2026',
    kind: 'matter',
    code: '09010',
    zh: '非机动车乱停放',
    en: 'Badly parked bicycles',
  },
  {
    standard: 'GB/T 47678.5-2026',
    kind: 'matter',
    code: '09012',
    zh: '占用消防通道',
    en: 'Fire lane occupied',
  },
  { standard: 'local', kind: 'local', code: 'L0001', zh: '三合一场所', en: 'Living over a shop or workshop' },
  { standard: 'local', kind: 'local', code: 'L0002', zh: '群租', en: 'Group letting' },
  { standard: 'local', kind: 'local', code: 'L0003', zh: '电动自行车室内充电', en: 'Indoor e-bike charging' },
] as const
