import type { Legend } from '../ui/legend.tsx'
import { hazardLayer } from './hazard.layer.ts'

export const hazardLegend: Legend = (tokens, { t }) => {
  const symbols = hazardLayer.symbols!(tokens)
  const entry = (name: string, label: string) => ({
    label,
    swatch: { kind: 'symbol' as const, ...symbols[name]! },
  })
  return [
    entry('hazard-overdue', t('legend.overdue')),
    entry('hazard-soon', t('legend.soon')),
    entry('hazard-open', t('legend.open')),
    entry('hazard-closed', t('legend.closed')),
    entry('hazard-open-grave', t('legend.grave')),
  ]
}
