import { useEffect, useState } from 'react'
import type { AreaCell } from '../../geodata/access/area.schema.ts'
import type { Place } from '../../geodata/places/place.schema.ts'
import { isCellLayer } from '../../geodata/shared/codes.ts'

/** The cell that was last selected, or that what was selected lies in; stays known when nothing is selected any more. */
export function useLastCell(place: Place | undefined): AreaCell | undefined {
  const [cell, setCell] = useState<AreaCell>()
  useEffect(() => {
    for (const { layer, id, code, name } of place ? [place, ...place.ancestors.toReversed()] : [])
      if (isCellLayer(layer)) return setCell({ layer, id, code, name: name || code })
  }, [place])
  return cell
}
