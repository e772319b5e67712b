import { dutyKind } from '../duties/duty.kind.ts'
import { groupsKind } from '../duties/groups.kind.ts'
import { overlayKind } from '../duties/overlay.kind.ts'
import { redrawKind } from '../partition/redraw.kind.ts'
import { sitingKind } from '../siting/siting.kind.ts'
import { type AnyAnalysisKind, anyKind } from './analysis-kind.ts'
import { facilityKind } from './facility/facility.kind.ts'
import { patrolKind } from './patrol/patrol.kind.ts'

/** The questions that can be asked, each by one line: `anyKind(facilityKind),`. */
export const ANALYSIS_KIND_LIST: readonly AnyAnalysisKind[] = [
  anyKind(facilityKind),
  anyKind(sitingKind),
  anyKind(patrolKind),
  anyKind(redrawKind),
  anyKind(groupsKind),
  anyKind(overlayKind),
  anyKind(dutyKind),
]
