import type { Legend } from '../ui/legend.tsx'
import { hazardLayer } from './hazard.layer.ts'

export const hazardLegend: Legend = (tokens, { lang }) => {
  const symbols = hazardLayer.symbols!(tokens)
  const entry = (name: string, zh: string, en: string) => ({
    label: lang === 'zh' ? zh : en,
    swatch: { kind: 'symbol' as const, ...symbols[name]! },
  })
  return [
    entry('hazard-overdue', '逾期未办结', 'Overdue'),
    entry('hazard-soon', '两小时内到期', 'Due within 2 h'),
    entry('hazard-open', '未办结', 'Open'),
    entry('hazard-closed', '已结案', 'Closed'),
    entry('hazard-open-grave', '感叹号：等级高或重大', '“!”: high or critical'),
  ]
}
