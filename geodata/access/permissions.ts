/**
 * What a route needs. One table, enforced by the server and read by the client. Until sign-in exists the server
 * listens on loopback alone and every caller holds all of them.
 */
export const PERMISSIONS = {
  read: { zh: '查看数据', en: 'See data' },
  edit: { zh: '编辑数据', en: 'Change data' },
  note: { zh: '添加备注和照片', en: 'Add notes and photos' },
  view: { zh: '保存视图', en: 'Save views' },
  import: { zh: '导入文件', en: 'Import files' },
  export: { zh: '导出文件', en: 'Export files' },
  configure: { zh: '修改设置', en: 'Change settings' },
  operate: { zh: '运行监测', en: 'Watch the running system' },
} as const
export type Permission = keyof typeof PERMISSIONS
