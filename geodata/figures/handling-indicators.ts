import type { IndicatorDefinition, Words } from './indicator-definition.ts'

const HANDLING_DUE: Words = {
  zh: '应处理：处理期限落在时段内的派遣，每次派遣计一次；期限以时段末的历史为准，含已批准的延期；期限前退回、期限前已删除、时段末仍挂账的不计',
  en: 'To be handled: times a case was given to a department whose handling deadline falls in the period; the deadline as the history had it at the end of the period, approved extensions included; returned or deleted before the deadline, or suspended at the end: not counted',
}
const CLOSING_DUE: Words = {
  zh: '应结案：处理期限落在时段内的案件，每案计一次',
  en: 'To be closed: cases with a handling deadline in the period, each once',
}

/** From the department to the end of the case. */
export const HANDLING_INDICATORS = {
  handling: {
    name: { zh: '处理率', en: 'Handling rate' },
    group: 'handling',
    base: 'handling-due',
    counts: 'handled',
    better: 'high',
    formula: { zh: '处理率 = 已处理 ÷ 应处理', en: 'Handling rate = handled ÷ to be handled' },
    numerator: {
      zh: '已处理：其中在时段末之前处理完成并反馈核查的',
      en: 'Handled: those of them finished and reported back for the check before the end of the period',
    },
    denominator: HANDLING_DUE,
    target: 0.95,
  },
  'handling-in-time': {
    name: { zh: '按期处理率', en: 'On-time handling' },
    group: 'handling',
    base: 'handling-due',
    counts: 'in_time',
    better: 'high',
    formula: {
      zh: '按期处理率 = 按期处理 ÷ 应处理',
      en: 'On-time handling = handled in time ÷ to be handled',
    },
    numerator: {
      zh: '按期处理：其中在期限之时或之前处理完成并反馈核查的',
      en: 'Handled in time: those of them finished and reported back at or before the deadline',
    },
    denominator: HANDLING_DUE,
    target: 0.9,
  },
  closing: {
    name: { zh: '结案率', en: 'Closing rate' },
    group: 'handling',
    base: 'closing-due',
    counts: 'closed',
    better: 'high',
    formula: { zh: '结案率 = 已结案 ÷ 应结案', en: 'Closing rate = closed ÷ to be closed' },
    numerator: {
      zh: '已结案：其中在时段末处于结案状态的',
      en: 'Closed: those of them that stood closed at the end of the period',
    },
    denominator: CLOSING_DUE,
    target: 0.9,
  },
  'closing-in-time': {
    name: { zh: '按期结案率', en: 'On-time closing' },
    group: 'handling',
    base: 'closing-due',
    counts: 'in_time',
    better: 'high',
    formula: { zh: '按期结案率 = 按期结案 ÷ 应结案', en: 'On-time closing = closed in time ÷ to be closed' },
    numerator: {
      zh: '按期结案：其中已结案，且最近一次处理、最近一次核查均未超期的',
      en: 'Closed in time: those closed whose latest handling and latest check were both in time',
    },
    denominator: CLOSING_DUE,
    target: 0.85,
  },
  'check-in-time': {
    name: { zh: '按期核查率', en: 'On-time checks' },
    group: 'handling',
    base: 'check-due',
    counts: 'in_time',
    better: 'high',
    formula: { zh: '按期核查率 = 按期核查 ÷ 应核查', en: 'On-time checks = checked in time ÷ to be checked' },
    numerator: {
      zh: '按期核查：其中在期限之时或之前核查完毕（结案或返工）的',
      en: 'Checked in time: those closed or sent back at or before the deadline',
    },
    denominator: {
      zh: '应核查：核查期限落在时段内的核查，每次计一次',
      en: 'To be checked: checks whose deadline falls in the period, each counted',
    },
    target: 0.9,
  },
  rework: {
    name: { zh: '返工率', en: 'Rework rate' },
    group: 'handling',
    base: 'closed',
    counts: 'reworked',
    better: 'low',
    formula: { zh: '返工率 = 返工 ÷ 结案', en: 'Rework rate = reopened ÷ closed' },
    numerator: {
      zh: '返工：其中在时段末之前返工或重开过至少一次的',
      en: 'Reopened: those of them sent back or reopened at least once before the end of the period',
    },
    denominator: {
      zh: '结案：在时段内结案的案件，每案计一次',
      en: 'Closed: cases closed in the period, each once',
    },
    target: 0.05,
  },
  'overdue-open': {
    name: { zh: '超期未结率', en: 'Overdue open cases' },
    group: 'handling',
    base: 'open',
    counts: 'overdue',
    better: 'low',
    formula: { zh: '超期未结率 = 超期未结 ÷ 未结', en: 'Overdue open cases = overdue ÷ open' },
    numerator: {
      zh: '超期未结：其中在时段末已超过当前期限的；挂账的不计为超期',
      en: 'Overdue: those past their running deadline at the end of the period; suspended ones are not overdue',
    },
    denominator: {
      zh: '未结：时段末尚未结案、也未作不予立案的案件，不论何时上报；时段末之前已删除的隐患不计',
      en: 'Open: cases neither closed nor rejected at the end of the period, whenever reported; hazards deleted before it are not counted',
    },
    target: 0.1,
  },
  extended: {
    name: { zh: '延期率', en: 'Extended cases' },
    group: 'handling',
    base: 'handling-due',
    counts: 'extended',
    better: 'low',
    formula: { zh: '延期率 = 延期 ÷ 应处理', en: 'Extended = extended ÷ to be handled' },
    numerator: {
      zh: '延期：其中批准过延期的',
      en: 'Extended: those for which an extension was approved',
    },
    denominator: HANDLING_DUE,
    target: 0.1,
  },
} as const satisfies Record<string, IndicatorDefinition>
