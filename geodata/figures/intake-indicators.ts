import type { IndicatorDefinition } from './indicator-definition.ts'

/** From the report to the department whose it is. */
export const INTAKE_INDICATORS = {
  'valid-reports': {
    name: { zh: '有效上报率', en: 'Valid reports' },
    group: 'intake',
    base: 'reported',
    counts: 'filed',
    better: 'high',
    formula: { zh: '有效上报率 = 有效上报 ÷ 上报', en: 'Valid reports = valid ÷ reported' },
    numerator: {
      zh: '有效上报：其中在时段末之前立案的；尚未立案的不计为有效',
      en: 'Valid: those of them filed before the end of the period; what is not decided yet is not valid yet',
    },
    denominator: {
      zh: '上报：时段内上报的案件；导入的旧案不计',
      en: 'Reported: cases reported in the period; imported earlier ones are not counted',
    },
    target: 0.8,
  },
  'accept-in-time': {
    name: { zh: '按期受理率', en: 'On-time acceptance' },
    group: 'intake',
    base: 'accept-due',
    counts: 'in_time',
    better: 'high',
    formula: {
      zh: '按期受理率 = 按期受理 ÷ 应受理',
      en: 'On-time acceptance = accepted in time ÷ to be accepted',
    },
    numerator: {
      zh: '按期受理：其中在期限之时或之前受理或不予立案的',
      en: 'Accepted in time: those accepted or rejected at or before the deadline',
    },
    denominator: {
      zh: '应受理：受理期限落在时段内的案件',
      en: 'To be accepted: cases whose deadline for that falls in the period',
    },
    target: 0.95,
  },
  'verify-in-time': {
    name: { zh: '按期核实率', en: 'On-time verification' },
    group: 'intake',
    base: 'verify-due',
    counts: 'in_time',
    better: 'high',
    formula: {
      zh: '按期核实率 = 按期核实 ÷ 应核实',
      en: 'On-time verification = verified in time ÷ to be verified',
    },
    numerator: {
      zh: '按期核实：其中在期限之时或之前立案或不予立案的',
      en: 'Verified in time: those filed or rejected at or before the deadline',
    },
    denominator: {
      zh: '应核实：核实期限落在时段内的核实，每次计一次',
      en: 'To be verified: verifications whose deadline falls in the period, each counted',
    },
    target: 0.9,
  },
  'dispatch-in-time': {
    name: { zh: '按期派遣率', en: 'On-time dispatch' },
    group: 'intake',
    base: 'dispatch-due',
    counts: 'in_time',
    better: 'high',
    formula: {
      zh: '按期派遣率 = 按期派遣 ÷ 应派遣',
      en: 'On-time dispatch = dispatched in time ÷ to be dispatched',
    },
    numerator: {
      zh: '按期派遣：其中在期限之时或之前派遣的',
      en: 'Dispatched in time: those dispatched at or before the deadline',
    },
    denominator: {
      zh: '应派遣：派遣期限落在时段内的派遣，每次计一次；退回和返工后的再次派遣也计',
      en: 'To be dispatched: dispatches whose deadline falls in the period, each counted, those after a return or a reopening too',
    },
    target: 0.95,
  },
  'dispatch-accuracy': {
    name: { zh: '派遣准确率', en: 'Dispatch accuracy' },
    group: 'intake',
    base: 'dispatched',
    counts: 'right_first',
    better: 'high',
    formula: {
      zh: '派遣准确率 = 一次派准 ÷ 首次派遣',
      en: 'Dispatch accuracy = right first time ÷ first dispatches',
    },
    numerator: {
      zh: '一次派准：其中首次派遣在时段末之前未被退回的',
      en: 'Right first time: those whose first dispatch was not returned before the end of the period',
    },
    denominator: {
      zh: '首次派遣：在时段内第一次派遣的案件',
      en: 'First dispatches: cases dispatched for the first time in the period',
    },
    target: 0.9,
  },
} as const satisfies Record<string, IndicatorDefinition>
