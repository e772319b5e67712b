import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import type { Severity } from '../../../geodata/hazards/limits.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { newUuid } from '../../ui/new-uuid.ts'

export interface ReportDraft {
  /** Of the report: what is sent twice is one case. */
  id: string
  lngLat: LngLat | undefined
  code: (typeof HAZARD_CATEGORIES)[number]['code']
  severity: Severity
  title: string
  description: string
  files: readonly File[]
}

const fresh = (): ReportDraft => ({
  id: newUuid(),
  lngLat: undefined,
  code: HAZARD_CATEGORIES[0].code,
  severity: 'medium',
  title: '',
  description: '',
  files: [],
})
let kept: ReportDraft | undefined

/** What was being reported when the tool was closed; kept until it is sent, or the page is left. */
export function reportDraft(): ReportDraft {
  kept ??= fresh()
  return kept
}

export function keepReportDraft(next: ReportDraft): void {
  kept = next
}

export function dropReportDraft(): ReportDraft {
  kept = undefined
  return reportDraft()
}
