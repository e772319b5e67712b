import { FACILITY_KINDS } from '../../geodata/facilities/facility.schema.ts'
import type { Legend } from '../ui/legend.tsx'
import { facilityLayer } from './facility.layer.ts'

export const facilityLegend: Legend = (tokens, { lang }) => {
  const symbols = facilityLayer.symbols!(tokens)
  return Object.entries(FACILITY_KINDS).map(([kind, label]) => ({
    label: label[lang],
    swatch: { kind: 'symbol' as const, ...symbols[`facility-${kind}`]! },
  }))
}
