import type { FeatureTexts } from '../ui/i18n.ts'

export const texts = {
  zh: {
    hazards: {
      lead: '未办结隐患对照期限，截至 {{time}}。',
      overdue: '已逾期',
      dueSoon: '2 小时内到期',
      open: '未办结',
      noDeadline: '期限暂停',
      ofOpen: '/ {{count}} 未办结',
      ofAll: '/ {{count}} 全部',
      overdueFormula: '未办结（状态不是“已结案”“不予立案”）且期限早于现在的隐患数，除以未办结总数。',
      dueSoonFormula: '未办结且期限在现在起 2 小时以内的隐患数，除以未办结总数。',
      openFormula: '状态不是“已结案”“不予立案”的隐患数，除以全部隐患数。',
      noDeadlineFormula: '未办结但期限没有在走（挂账中）的隐患数，除以未办结总数。期间不算逾期。',
      table: '各网格未办结隐患',
      none: '没有未办结的隐患。',
      outside: '另有 {{count}} 件不在任何网格内。',
      openList: '打开隐患列表',
    },
  },
  en: {
    hazards: {
      lead: 'Open hazards and deadlines as of {{time}}.',
      overdue: 'Overdue',
      dueSoon: 'Due within 2 h',
      open: 'Open',
      noDeadline: 'Deadline paused',
      ofOpen: 'of {{count}} open',
      ofAll: 'of {{count}} in all',
      overdueFormula: 'Hazards neither closed nor rejected whose deadline is past, out of all open hazards.',
      dueSoonFormula: 'Open hazards whose deadline is within two hours from now, out of all open hazards.',
      openFormula: 'Hazards neither closed nor rejected, out of all hazards.',
      noDeadlineFormula:
        'Open hazards whose deadline is paused (suspended), out of all open hazards. They do not count as overdue.',
      table: 'Open hazards by cell',
      none: 'No hazard is open.',
      outside: '{{count}} more lie outside every cell.',
      openList: 'Open the list of hazards',
    },
  },
} as const satisfies FeatureTexts
