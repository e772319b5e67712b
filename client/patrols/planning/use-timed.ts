import { useEffect, useMemo } from 'react'
import { evaluateRound } from '../../../geodata/patrols/evaluate-round.ts'
import type { PlanInput, Round, Team } from '../../../geodata/patrols/plan.schema.ts'
import type { TimedRound } from '../../../geodata/patrols/timed-round.ts'
import { type Leg, legsOf, useLegState, wantLegs } from './legs.ts'
import { teamOf } from './plan-edits.ts'
import type { DueSites } from './use-due.ts'

export interface Timed {
  round: Round
  team: Team
  legs: readonly Leg[]
  times: TimedRound
}

interface Known extends Timed {
  sites: DueSites
  from: string
  to: string
}

/** Shared: panels and map show the same rounds. */
let before = new Map<string, Known>()

/** The rounds of a plan with their ways and times, in order; only rounds that changed are timed anew. */
export function useTimed(plan: PlanInput | undefined, sites: DueSites): readonly Timed[] {
  const { revision } = useLegState()
  useEffect(() => wantLegs(plan), [plan])
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer makes other legs of the same plan
  return useMemo(() => {
    const next = new Map<string, Known>()
    for (const round of plan?.rounds ?? []) {
      const team = teamOf(plan!, round)
      const legs = legsOf(plan!, round)
      const known = before.get(round.id)
      next.set(
        round.id,
        known && isSame(known, { round, team, legs, sites, from: plan!.from, to: plan!.to })
          ? known
          : {
              round,
              team,
              legs,
              sites,
              from: plan!.from,
              to: plan!.to,
              times: evaluateRound(round, team, legs, sites, plan!),
            },
      )
    }
    before = next
    return [...next.values()]
  }, [plan, sites, revision])
}

const isSame = (known: Known, now: Omit<Known, 'times'>): boolean =>
  known.round === now.round &&
  known.team === now.team &&
  known.sites === now.sites &&
  known.from === now.from &&
  known.to === now.to &&
  known.legs.length === now.legs.length &&
  known.legs.every((leg, at) => leg === now.legs[at])
