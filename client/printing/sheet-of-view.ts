import type { MapHandle } from '../map/map-handle.ts'
import { layOutSheet } from './paper.ts'
import { metresPerDegree, scaleToFit } from './scale.ts'
import type { SheetState } from './sheet-state.ts'

const METRES_PER_DEGREE_OF_LATITUDE = 111_200

/** A sheet that shows what can be seen between the panels, at a scale that people know. */
export function sheetOfView(map: MapHandle, before?: SheetState): SheetState {
  const paper = before?.paper ?? 'a4'
  const orientation = before?.orientation ?? 'landscape'
  const legend = before?.legend ?? true
  const [west, south, east, north] = map.visibleBox()
  const centre = map.visibleCentre()
  const metres = {
    wide: (east - west) * metresPerDegree(centre[1]),
    high: (north - south) * METRES_PER_DEGREE_OF_LATITUDE,
  }
  return {
    paper,
    orientation,
    legend,
    scale: scaleToFit(metres, layOutSheet(paper, orientation, legend).mapPixels),
    centre,
    bearing: map.map.getBearing(),
    title: before?.title,
  }
}
