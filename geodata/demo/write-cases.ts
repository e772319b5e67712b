import type { CaseState } from '../hazards/case-state.ts'
import type { CaseRules, Category } from '../hazards/limits.ts'
import { isSameCategory } from '../hazards/limits.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { Finding } from './find-hazards.ts'
import { type HotlineCalls, type PlayedEntry, playCase } from './play-case.ts'
import { createRandom } from './random.ts'
import { collectPoints } from './spots.ts'
import type { DemoDepartment } from './write-departments.ts'

/** What became of a hazard of the demo area. Departments are numbered from 1, as they stand in the list. */
export interface DemoCase {
  /** Of the hazard. */
  sourceId: string
  source: 'officer' | 'hotline'
  /** Order number of the hotline. */
  externalRef: string | null
  calls: HotlineCalls
  state: CaseState
  entries: PlayedEntry[]
}

/** Of a hundred cases so many came by the hotline. */
const HOTLINE_SHARE = 0.09

const orderNumber = (reportedAt: number, index: number): string =>
  `DEMO${new Date(reportedAt).toISOString().slice(0, 10).replaceAll('-', '')}${String(index + 1).padStart(5, '0')}`

/** Hazards with the histories that led to what they are now. Same findings, departments, rules and seed: identical output. */
export function writeCases(
  findings: readonly Finding[],
  departments: readonly DemoDepartment[],
  rules: CaseRules,
  { seed, now }: { seed: number; now: number },
): { hazards: IncomingFeature[]; cases: DemoCase[] } {
  const points = collectPoints('hazards')
  const cases = findings.map((finding, index): DemoCase => {
    const { category, severity, reportedAt, officer, communitySourceId } = finding
    const random = createRandom(seed, 11, index)
    const order = random.chance(HOTLINE_SHARE) ? orderNumber(reportedAt, index) : null
    const { entries, state, calls } = playCase({
      random,
      order,
      rules,
      now,
      category,
      severity,
      reportedAt,
      officer,
      owners: ownersOf(departments, category, communitySourceId),
    })
    points.add(finding.at, {
      title: finding.title,
      description: null,
      categoryStandard: category.standard,
      categoryKind: category.kind,
      categoryCode: category.code,
      severity,
      state: state.state,
      reportedAt: new Date(reportedAt).toISOString(),
      dueAt: entries.at(-1)!.dueAt,
    })
    return {
      sourceId: points.features.at(-1)!.sourceId,
      source: order === null ? 'officer' : 'hotline',
      externalRef: order,
      calls,
      state,
      entries,
    }
  })
  return { hazards: points.features, cases }
}

/** Who handles the category there: those of the place before those of the whole area; where nobody does, the first of all. */
function ownersOf(
  departments: readonly DemoDepartment[],
  category: Category,
  communitySourceId: string,
): { id: number; name: string }[] {
  const numbered = departments.map((department, index) => ({ ...department, id: index + 1 }))
  const fitting = numbered.filter(
    ({ areas, categories }) =>
      (areas.length === 0 || areas.some(({ sourceId }) => sourceId === communitySourceId)) &&
      categories.some((each) => isSameCategory(each, category)),
  )
  fitting.sort((a, b) => b.areas.length - a.areas.length)
  return (fitting.length > 0 ? fitting : numbered.slice(0, 1)).map(({ id, name }) => ({ id, name }))
}
