/** Why, in the demo area. */
export const REASONS = {
  reject: [
    '现场核实未发现该问题',
    '属居民自用空间，无安全隐患',
    '已在处理的同一问题',
    '照片不清，无法确认位置',
  ],
  appeal: ['补充现场照片，问题仍在', '隐患部位在楼道公共部分'],
  return: ['不属本部门职责，建议转派', '辖区不符，请核对网格', '需物业先行清理'],
  reopen: ['整改不到位，现场仍有杂物', '次日复查又被占用', '只清理了一半', '标线未恢复'],
  'ask-extension': ['需要采购配件', '业主在外地，约定上门时间', '连续降雨，无法施工'],
  'refuse-extension': ['可先行临时处置，不同意延期'],
  suspend: ['涉及拆违程序，等待法定期限届满', '改造工程已立项，随工程一并整改'],
} as const

export const NOTES = {
  report: ['巡查发现', '居民反映', '夜间巡查发现', null, null, null],
  finish: ['已清理完毕', '已现场整改', '已更换到位', '已劝离并恢复畅通', null],
  close: ['复核合格', '现场核查已整改', null, null],
} as const

/** Seats of the sub-district's desk. They are no people. */
export const DESK = ['街道指挥中心1号席', '街道指挥中心2号席', '街道指挥中心3号席']
export const CHECKERS = ['街道核查一组', '街道核查二组']
export const CHIEF = '街道指挥中心值班长'
