import type { FeatureTexts } from '../ui/i18n.ts'

export const texts = {
  zh: {
    coverage: {
      question: '哪些地方缺少',
      kind: '设施类别',
      without: '无设施的{{cells}}',
      withoutOf: '/ {{count}} 个',
      withoutFormula: '在用设施数为 0 的{{cells}}，除以全部{{cells}}。规划中、停用和状态未知的设施不算。',
      rate: '每千户',
      rateOf: '{{facilities}} 处 ÷ {{households}} 户',
      rateFormula: '在用设施数 ÷ 户数 × 1000。只计落在{{cell}}内的设施和有户数的楼栋；没有户数时显示 —。',
      uncovered: '无设施范围内的户数',
      uncoveredOf: '/ {{count}} 户',
      uncoveredFormula: '没有在用设施的{{cell}}内的户数，除以全部户数。户数未知的楼栋不计入，另列。',
      unknown: '{{count}} 栋楼户数未知，未计入。',
      notInService: '另有 {{count}} 处不在用（规划、停用或未知）。',
      facilities: '设施',
      households: '户数',
      table: '{{kind}}：最缺的在前',
      hatch: '斜线：没有在用{{kind}}的{{cells}}',
      none: '还没有网格。',
      openList: '打开设施列表',
    },
  },
  en: {
    coverage: {
      question: 'Where is there too little of',
      kind: 'Kind of facility',
      without: '{{cells}} without any',
      withoutOf: 'of {{count}}',
      withoutFormula:
        '{{cells}} with no such facility in service, out of all {{cells}}. Planned, out of service and unknown do not count.',
      rate: 'Per 1,000 households',
      rateOf: '{{facilities}} ÷ {{households}} households',
      rateFormula:
        'Facilities in service ÷ households × 1,000. {{cell}}: only facilities inside one and buildings with a figure count; — where there is no household.',
      uncovered: 'Households without any',
      uncoveredOf: 'of {{count}} households',
      uncoveredFormula:
        'Households in those without any ({{cell}}), out of all. Buildings without a figure are left out and told apart.',
      unknown: '{{count}} buildings have no figure of households; they are not counted.',
      notInService: '{{count}} more are not in service (planned, out of service or unknown).',
      facilities: 'Facilities',
      households: 'Households',
      table: '{{kind}}: the scarcest first',
      hatch: 'Hatched: {{cells}} without {{kind}} in service',
      none: 'There are no cells yet.',
      openList: 'Open the list of facilities',
    },
  },
} as const satisfies FeatureTexts
