import {
  type PatrolParams,
  type PatrolResult,
  patrolParamsSchema,
} from '../../../geodata/coverage/patrol/patrol.schema.ts'
import type { AnalysisKind } from '../analysis-kind.ts'
import { askPeriod } from './ask-period.ts'
import { partsOf } from './patrol-parts.ts'

/**
 * What patrols of a period came to, or would by their plans. Sites and cells are for all who analyse; streets, places and
 * teams show where people walked.
 */
export const patrolKind: AnalysisKind<PatrolParams, PatrolResult> = {
  kind: 'patrol',
  params: patrolParamsSchema,
  reads: ['checkpoints', 'hazards', 'communities', 'grids', 'micro-grids', 'roads', 'walks', 'plans'],
  permission: ({ detail }) => (detail === 'streets' ? 'track' : 'analyse'),
  async run(context, params) {
    const halves = params.compare ? 2 : 1
    const half = (at: number) => ({
      ...context,
      progress: (share: number, stage: string) => context.progress((at + share) / halves, stage),
    })
    const first = await askPeriod(half(0), params, params.period)
    const second = params.compare ? await askPeriod(half(1), params, params.compare) : undefined
    return {
      result: { source: params.source, first: first.result, second: second?.result ?? null },
      notes: [
        ...first.notes,
        ...(second?.notes ?? []).map(({ code, values }) => ({ code, values: { ...values, period: 2 } })),
      ],
      parts: partsOf(first.question, first.answer, params.detail === 'streets', context.cells.length > 0),
    }
  },
}
