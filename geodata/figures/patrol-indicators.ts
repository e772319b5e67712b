import type { IndicatorDefinition, Words } from './indicator-definition.ts'

const PLANNED: Words = {
  zh: '应到：轮次结束时间落在时段内的已发布轮次中，各个要到访的巡查点，每站计一次；以轮次结束时有效的计划为准；巡查点时段末已删除的不计',
  en: 'Planned: stops at sites on published rounds that end in the period, each once, as the plan stood when the round ended; sites deleted before the end of the period are not counted',
}

/** Of patrol rounds and sites. A visit belongs to the moment when it was made, also where it was sent later. */
export const PATROL_INDICATORS = {
  'patrol-visited': {
    name: { zh: '巡查到位率', en: 'Patrol visits made' },
    group: 'patrols',
    base: 'patrol-planned',
    counts: 'visited',
    better: 'high',
    formula: { zh: '巡查到位率 = 到位 ÷ 应到', en: 'Patrol visits made = visited ÷ planned' },
    numerator: {
      zh: '到位：其中在该轮次里到过的；位置不足以证明的不计为到位',
      en: 'Visited: those that were visited on their round; where positions prove too little, that is no visit',
    },
    denominator: PLANNED,
    target: 0.95,
  },
  'patrol-missed': {
    name: { zh: '漏巡率', en: 'Patrol sites missed' },
    group: 'patrols',
    base: 'patrol-planned',
    counts: 'missed',
    better: 'low',
    formula: { zh: '漏巡率 = 漏巡 ÷ 应到', en: 'Patrol sites missed = missed ÷ planned' },
    numerator: {
      zh: '漏巡：其中没有任何到访记录的；位置不足以证明的不计为漏巡',
      en: 'Missed: those of which no visit is known at all; where positions prove too little, that is not missed',
    },
    denominator: PLANNED,
    target: 0.05,
  },
  'patrol-coverage': {
    name: { zh: '巡查覆盖率', en: 'Patrol coverage' },
    group: 'patrols',
    base: 'patrol-site',
    counts: 'covered',
    better: 'high',
    formula: { zh: '巡查覆盖率 = 到过的巡查点 ÷ 巡查点', en: 'Patrol coverage = sites visited ÷ sites' },
    numerator: {
      zh: '到过的巡查点：其中在时段内至少到访一次的，计划内外都算',
      en: 'Sites visited: those visited at least once in the period, planned or not',
    },
    denominator: {
      zh: '巡查点：时段末已有且尚未删除的巡查点；从未有过任何到访记录时不计算',
      en: 'Sites: checkpoints that were there at the end of the period; before the first visit of all was recorded, unknown',
    },
    target: 0.9,
  },
} as const satisfies Record<string, IndicatorDefinition>
