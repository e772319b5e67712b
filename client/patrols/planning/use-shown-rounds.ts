import { useMemo } from 'react'
import type { PlanInput } from '../../../geodata/patrols/plan.schema.ts'
import { useGenerating } from './generating.ts'
import { legsOf } from './legs.ts'
import type { DueSites } from './use-due.ts'
import { type Timed, useTimed } from './use-timed.ts'

const NO_TIMES: Timed['times'] = {
  metres: 0,
  walkSeconds: 0,
  dwellSeconds: 0,
  waitSeconds: 0,
  breakSeconds: 0,
  startsAt: '',
  endsAt: '',
  breakAfterStops: undefined,
  stops: [],
  conflicts: [],
}

/** The rounds of the plan; while better ones are searched for, the best so far, along ways that are known or straight. */
export function useShownRounds(plan: PlanInput | undefined, sites: DueSites): readonly Timed[] {
  const timed = useTimed(plan, sites)
  const proposal = useGenerating().proposal
  return useMemo(() => {
    if (!plan || !proposal) return timed
    const teams = new Map(plan.teams.map((team) => [team.id, team]))
    return proposal.rounds.flatMap((round): Timed[] => {
      const team = teams.get(round.teamId)
      return team ? [{ round, team, legs: legsOf(plan, round), times: NO_TIMES }] : []
    })
  }, [plan, timed, proposal])
}
