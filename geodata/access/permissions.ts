/**
 * What a route needs. One table, enforced by the server (server/access), read by the client. `public` and `self` need no
 * role: the first nothing at all, the second someone who is signed in.
 */
export const PERMISSIONS = {
  public: { zh: '无需登录', en: 'Without signing in' },
  self: { zh: '管理自己的账号', en: 'Look after one’s own account' },
  read: { zh: '查看数据', en: 'See data' },
  edit: { zh: '编辑数据', en: 'Change data' },
  note: { zh: '添加备注和照片', en: 'Add notes and photos' },
  view: { zh: '保存视图', en: 'Save views' },
  import: { zh: '导入文件', en: 'Import files' },
  export: { zh: '导出文件', en: 'Export files' },
  plan: { zh: '编排巡查计划', en: 'Plan patrols' },
  analyse: { zh: '运行分析', en: 'Run analyses' },
  walk: { zh: '执行巡查', en: 'Walk patrols' },
  track: { zh: '查看巡查轨迹', en: 'See where people walked' },
  report: { zh: '上报隐患', en: 'Report hazards' },
  verify: { zh: '核实核查', en: 'Verify and check cases' },
  dispatch: { zh: '立案派遣', en: 'File and dispatch cases' },
  handle: { zh: '处理案件', en: 'Handle cases' },
  approve: { zh: '审批延期和挂账', en: 'Approve extensions and suspensions' },
  campaign: { zh: '管理专项行动', en: 'Run campaigns' },
  wall: { zh: '管理大屏', en: 'Run walls' },
  configure: { zh: '修改设置', en: 'Change settings' },
  people: { zh: '管理人员和令牌', en: 'Manage people and tokens' },
  audit: { zh: '查阅审计记录', en: 'Read the audit trail' },
  operate: { zh: '运行监测', en: 'Watch the running system' },
} as const
export type Permission = keyof typeof PERMISSIONS
