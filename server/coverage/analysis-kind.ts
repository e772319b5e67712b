import type { z } from 'zod'
import type { Permission } from '../../geodata/access/permissions.ts'
import type {
  AnalysisGeometry,
  AnalysisKindName,
  AnalysisNote,
  Json,
} from '../../geodata/coverage/analysis.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem, type ProblemIssue } from '../../geodata/shared/problem.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import { issuesOf } from '../platform/problem.ts'

/** What an answer depends on: layers, what was walked, and plans. */
export type DataSource = LayerId | 'walks' | 'plans'

export interface AnalysisContext {
  sql: Sql
  network: Network
  /** Rows that may be read and counted: those in reach of whoever asked, within `cells`. */
  reach: Reach
  /** The same without the limit to `cells`: what lies beyond the border may be near. */
  wholeReach: Reach
  /** What the question is about; none: everything in reach. */
  cells: readonly AreaRow[]
  /** Aborted when somebody cancels: whatever runs is to be given up at once. */
  signal: AbortSignal
  /** `share`: 0 to 1. `stage`: a short code for what begins now. Cheap; call it often. */
  progress(share: number, stage: string): void
}

export interface AnalysisPart {
  /** Singular, in kebab-case: `gap`, `reach`, `site`. */
  part: string
  geometry: AnalysisGeometry['type']
  /** Written down while they come; they may ask the database. Properties that tiles shall carry are text, number, boolean or null. */
  features: Iterable<PartFeature> | AsyncIterable<PartFeature>
}
export interface PartFeature {
  properties: { readonly [name: string]: Json }
  geometry: AnalysisGeometry
}

export interface AnalysisFound<Result> {
  /** Figures: small, no features. */
  result: Result
  notes: AnalysisNote[]
  parts: AnalysisPart[]
}

/** A question that can be asked. Registered in analysis-kinds.ts. */
export interface AnalysisKind<Params extends object, Result extends object> {
  kind: AnalysisKindName
  /** Bounds every number, list and text: whatever comes is hostile. */
  params: z.ZodType<Params>
  /** A change of these in or near the area makes an answer stale. */
  reads: readonly DataSource[]
  /** What running it and reading it take, beside `analyse` and `read`. */
  permission?: Permission | ((params: Params) => Permission | undefined)
  /** Throws a Problem when there is nothing to compute; gives up when the signal is aborted. */
  run(context: AnalysisContext, params: Params): Promise<AnalysisFound<Result>>
}

/** A kind whose parameters nobody has to know: what the list is made of. */
export interface AnyAnalysisKind extends Pick<AnalysisKind<object, object>, 'kind' | 'reads'> {
  /** Checks parameters. Throws invalid-body, naming each that does not fit. */
  ask(params: unknown): AnalysisQuestion
}
export interface AnalysisQuestion {
  /** With what was left out filled in. */
  params: object
  needs: Permission | undefined
  run(context: AnalysisContext): Promise<AnalysisFound<object>>
}

export function anyKind<Params extends object, Result extends object>(
  kind: AnalysisKind<Params, Result>,
): AnyAnalysisKind {
  return {
    kind: kind.kind,
    reads: kind.reads,
    ask(given) {
      const read = kind.params.safeParse(given)
      if (!read.success) throw badParams(kind.kind, issuesOf(read.error))
      const params = read.data
      return {
        params,
        needs: typeof kind.permission === 'function' ? kind.permission(params) : kind.permission,
        run: (context) => kind.run(context, params),
      }
    },
  }
}

function badParams(kind: AnalysisKindName, found: readonly ProblemIssue[]): Problem {
  const issues = found.map(({ at, message }) => ({ at: at === '/' ? '/params' : `/params${at}`, message }))
  return new Problem(
    'invalid-body',
    `The parameters do not fit an analysis “${kind}”: ${issues.map(({ at, message }) => `${at} ${message}`).join('; ')}`,
    { issues },
  )
}
