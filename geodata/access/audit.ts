/**
 * What the audit trail tells of. The first four are what happens to features: they are also what live updates, caches
 * and histories read; the others are for those who look after the installation.
 */
export const AUDIT_KINDS = {
  put: { zh: '新增或修改', en: 'Created or changed' },
  delete: { zh: '删除', en: 'Deleted' },
  import: { zh: '导入', en: 'Import' },
  note: { zh: '备注和照片', en: 'Notes and photos' },
  export: { zh: '导出', en: 'Export' },
  'sign-in': { zh: '登录', en: 'Signed in' },
  'sign-in-refused': { zh: '登录被拒', en: 'Sign-in refused' },
  'sign-out': { zh: '退出登录', en: 'Signed out' },
  person: { zh: '人员', en: 'People' },
  token: { zh: '令牌', en: 'Tokens' },
  setting: { zh: '设置', en: 'Settings' },
  view: { zh: '视图', en: 'Views' },
  norm: { zh: '走访规范', en: 'Visit norms' },
  plan: { zh: '巡查计划', en: 'Patrol plans' },
  visit: { zh: '到访记录', en: 'Visits' },
  walk: { zh: '巡查执行', en: 'Walks' },
  analysis: { zh: '分析', en: 'Analyses' },
  duty: { zh: '责任分工', en: 'Duties' },
  case: { zh: '案件流程', en: 'Case workflow' },
  department: { zh: '部门', en: 'Departments' },
  calendar: { zh: '节假日', en: 'Holidays' },
  campaign: { zh: '专项行动', en: 'Campaigns' },
  alarm: { zh: '告警', en: 'Alarms' },
  wall: { zh: '大屏', en: 'Walls' },
  indicator: { zh: '指标', en: 'Indicators' },
} as const
export type AuditKind = keyof typeof AUDIT_KINDS
export const AUDIT_KIND_NAMES = Object.keys(AUDIT_KINDS) as AuditKind[]

export type FeatureKind = 'put' | 'delete' | 'import' | 'note'
