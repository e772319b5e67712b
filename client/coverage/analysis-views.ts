import type { AnalysisKindName } from '../../geodata/coverage/analysis.schema.ts'
import type { AnalysisView } from './analysis-view.ts'
import { dutyView } from './duty/duty-view.ts'
import { facilityView } from './facility/facility.view.ts'
import { groupsView } from './groups/groups-view.ts'
import { overlayView } from './overlay/overlay-view.ts'
import { patrolView } from './patrol/patrol-view.ts'
import { redrawView } from './redraw/redraw-view.ts'
import { sitingView } from './siting/siting.view.ts'

/** The questions in the order of their choice, each by one line. */
export const ANALYSIS_VIEWS: readonly AnalysisView[] = [
  facilityView,
  patrolView,
  sitingView,
  redrawView,
  dutyView,
  groupsView,
  overlayView,
]

export const viewOf = (kind: AnalysisKindName): AnalysisView | undefined =>
  ANALYSIS_VIEWS.find((view) => view.kind === kind)
