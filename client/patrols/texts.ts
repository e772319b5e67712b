import type { FeatureTexts } from '../ui/i18n.ts'

export const texts = {
  zh: {
    patrols: {
      lead: '巡查点的间隔要求每天做到的量，路上时间不计。',
      visits: '每天应巡查',
      visitsValue: '{{value}} 次',
      hours: '每天在点工时',
      hoursValue: '{{value}} 小时',
      perCheckpoint: '每点\u00a0{{value}}\u00a0次',
      perVisit: '每次 {{value}} 分钟',
      ofCheckpoints: '{{count}} 个巡查点',
      visitsFormula:
        '对每个巡查点求和。间隔不足一天：时段内分钟数 ÷ 间隔，至少 1 次；间隔一天以上：1440 ÷ 间隔。未设时段按全天 1440 分钟。',
      hoursFormula: '对每个巡查点求和：每天次数 × 每次用时，再 ÷ 60。点与点之间的路程不在内。',
      risk: '按风险',
      riskOf: '风险',
      checkpoints: '巡查点',
      visitsShort: '次/天',
      hoursShort: '小时/天',
      table: '各网格每天巡查量',
      none: '还没有巡查点。',
      outside: '另有 {{count}} 个巡查点不在任何网格内，每天 {{visits}} 次。',
      openList: '打开巡查点列表',
    },
  },
  en: {
    patrols: {
      lead: 'What the checkpoints ask for in a day, without the ways between them.',
      visits: 'Visits a day',
      visitsValue: '{{value}}',
      hours: 'Time on site a day',
      hoursValue: '{{value}} h',
      perCheckpoint: '{{value}}\u00a0each',
      perVisit: '{{value}} min a visit',
      ofCheckpoints: 'of {{count}} checkpoints',
      visitsFormula:
        'Summed over the checkpoints. Interval under a day: minutes within the hours ÷ interval, at least 1. A day or more: 1440 ÷ interval. Without hours the whole day, 1440 minutes, counts.',
      hoursFormula:
        'Summed over the checkpoints: visits a day × time on site, ÷ 60. The ways between them are not in it.',
      risk: 'By risk',
      riskOf: 'Risk',
      checkpoints: 'Checkpoints',
      visitsShort: 'visits/day',
      hoursShort: 'h/day',
      table: 'Visits a day by cell',
      none: 'There are no checkpoints yet.',
      outside: '{{count}} more checkpoints lie outside every cell: {{visits}} visits a day.',
      openList: 'Open the list of checkpoints',
    },
  },
} as const satisfies FeatureTexts
