import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import { isCellLayer } from '../../../geodata/shared/codes.ts'
import { getPlace } from '../../api/places.ts'
import { AreaPicker } from '../../ui/area-picker/area-picker.tsx'

interface CellsFieldProps {
  label: string
  /** What it means that there is none. */
  none: string
  codes: readonly string[]
  /** The cell that was last selected on the map. */
  selected: AreaCell | undefined
  onChange(codes: string[]): void
}

/** Cells by their codes; none is a choice of its own. */
export function CellsField({ label, none, codes, selected, onChange }: CellsFieldProps) {
  const [isNone, setNone] = useState(codes.length === 0)
  const places = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['place', code],
      queryFn: () => getPlace(code),
      staleTime: 60_000,
    })),
  })
  // One that is gone stays by its code until somebody takes it away.
  const cells = codes.map((code, at) => {
    const place = places[at]?.data
    const layer = place && isCellLayer(place.layer) ? place.layer : ('grids' as const)
    return { layer, code, name: place?.name ?? code }
  })
  return (
    <AreaPicker
      label={label}
      everywhereLabel={none}
      noneLabel={none}
      value={{ everywhere: isNone, cells }}
      selected={selected}
      onChange={(next) => {
        setNone(next.everywhere)
        onChange(next.everywhere ? [] : next.cells.map(({ code }) => code))
      }}
    />
  )
}
