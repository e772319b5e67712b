import { RISKS } from '../../geodata/patrols/checkpoint.schema.ts'
import type { Legend } from '../ui/legend.tsx'
import { checkpointLayer } from './checkpoint.layer.ts'

export const checkpointLegend: Legend = (tokens, { t, enums }) => {
  const symbols = checkpointLayer.symbols!(tokens)
  return [...RISKS].reverse().map((risk) => ({
    label: `${t('facts.risk')} · ${enums('risk', risk)}`,
    swatch: { kind: 'symbol' as const, ...symbols[`checkpoint-${risk}`]! },
  }))
}
