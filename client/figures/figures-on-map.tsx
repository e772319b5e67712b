import { useEffect } from 'react'
import type { MapPartProps } from '../map/work-panel.ts'
import { TOKENS } from '../ui/tokens.ts'
import { readAsk } from './ask.ts'
import { tintCells } from './tint.ts'
import { useValues } from './use-figures.ts'

/** The cells on the map by the indicator that is open, or by the first. */
export default function FiguresOnMap({ map, scheme, ask }: MapPartProps) {
  const asked = readAsk(ask, Date.now())
  const { data } = useValues(asked)
  const { cells, view } = asked
  const id = view === 'indicators' ? asked.open : undefined
  useEffect(() => {
    if (!data || !id) return
    return tintCells(map.map, cells, data.cells, id, TOKENS[scheme])
  }, [map, data, cells, id, scheme])
  return null
}
