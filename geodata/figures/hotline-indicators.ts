import type { IndicatorDefinition } from './indicator-definition.ts'

/** Of cases that came by the hotline 12345. */
export const HOTLINE_INDICATORS = {
  'hotline-contact-first': {
    name: { zh: '先行联系率', en: 'Contact first' },
    group: 'hotline',
    base: 'hotline-taken',
    counts: 'contacted',
    better: 'high',
    formula: {
      zh: '先行联系率 = 先行联系 ÷ 热线签收',
      en: 'Contact first = contacted first ÷ hotline cases taken on',
    },
    numerator: {
      zh: '先行联系：其中在时段末之前、处理完成之前已记录与诉求人联系的',
      en: 'Contacted first: those with a contact recorded before the end of the period, and before the handling was finished',
    },
    denominator: {
      zh: '热线签收：在时段内第一次签收的 12345 案件',
      en: 'Hotline cases taken on: cases of the hotline 12345 first taken on in the period',
    },
    target: 0.95,
  },
  'hotline-called-twice': {
    name: { zh: '双回访率', en: 'Called back by both' },
    group: 'hotline',
    base: 'hotline-closed',
    counts: 'called_twice',
    better: 'high',
    formula: {
      zh: '双回访率 = 双回访 ÷ 热线结案',
      en: 'Called back by both = both calls made ÷ hotline cases closed',
    },
    numerator: {
      zh: '双回访：其中在时段末之前承办单位和街道都已回访的',
      en: 'Both calls made: those called back by the handling unit and by the street before the end of the period',
    },
    denominator: {
      zh: '热线结案：在时段内结案的 12345 案件，每案计一次',
      en: 'Hotline cases closed: cases of the hotline 12345 closed in the period, each once',
    },
    target: 0.9,
  },
  'hotline-solved': {
    name: { zh: '诉求解决率', en: 'Solved' },
    group: 'hotline',
    base: 'hotline-called',
    counts: 'solved',
    better: 'high',
    formula: { zh: '诉求解决率 = 已解决 ÷ 已回访', en: 'Solved = solved ÷ called back' },
    numerator: {
      zh: '已解决：其中时段内最近一次有结果的回访答复“已解决”的',
      en: 'Solved: those whose latest call-back in the period that had an answer says “solved”',
    },
    denominator: {
      zh: '已回访：在时段内回访并得到是否解决答复的案件，每案计一次',
      en: 'Called back: cases called back in the period that said whether it was solved, each once',
    },
    target: 0.85,
  },
  'hotline-satisfied': {
    name: { zh: '满意率', en: 'Satisfaction' },
    group: 'hotline',
    base: 'hotline-asked',
    counts: 'satisfied',
    better: 'high',
    formula: { zh: '满意率 = 满意 ÷ 已评价', en: 'Satisfaction = satisfied ÷ rated' },
    numerator: {
      zh: '满意：其中时段内最近一次有评价的回访为“满意”的',
      en: 'Satisfied: those whose latest rated call-back in the period says “satisfied”',
    },
    denominator: {
      zh: '已评价：在时段内回访并作出评价的案件，每案计一次；未接通的不计',
      en: 'Rated: cases called back in the period and rated, each once; not reached: not counted',
    },
    target: 0.85,
  },
} as const satisfies Record<string, IndicatorDefinition>
