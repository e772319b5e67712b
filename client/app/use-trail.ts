import { isWithin, useOwnArea } from '../ui/session.ts'
import type { Crumb } from './breadcrumb.tsx'
import type { Selected } from './use-selected.ts'

/** The way down to what is selected, and the code one step up; undefined: the whole of what one may see. */
export function useTrail({ layer, place }: Selected): { crumbs: Crumb[]; parent: string | undefined } {
  const ownArea = useOwnArea()
  if (!place) return { crumbs: [], parent: undefined }
  const crumbs = [...place.ancestors, place].map((step) => ({
    at: step.code,
    name: step.name || step.code,
    open: isWithin(ownArea, step.code),
  }))
  const isPlace = layer === place.layer && place.code
  const above = isPlace ? place.ancestors.at(-1)?.code : place.code
  return { crumbs, parent: above && isWithin(ownArea, above) ? above : undefined }
}
