import { Problem } from '../shared/problem.ts'
import type { Plan, Team } from './plan.schema.ts'

/** Those who walk a border at the same time, and when; milliseconds since 1970. */
export interface BorderShift {
  teams: Team[]
  from: number
  to: number
}

/**
 * Teams of the same hours walk together, those of later hours relieve them. Hours outside the plan's do not count. Throws
 * invalid-body without a team, or when some are on duty for a part of the time of others.
 */
export function borderShifts({ from, to }: Pick<Plan, 'from' | 'to'>, teams: readonly Team[]): BorderShift[] {
  const shifts = new Map<string, BorderShift>()
  for (const team of teams) {
    const [begins, ends] = [
      Math.max(Date.parse(team.from), Date.parse(from)),
      Math.min(Date.parse(team.to), Date.parse(to)),
    ]
    if (begins >= ends) continue
    const key = `${begins} ${ends}`
    const known = shifts.get(key)
    if (known) known.teams.push(team)
    else shifts.set(key, { teams: [team], from: begins, to: ends })
  }
  if (shifts.size === 0)
    throw new Problem(
      'no-team',
      'The plan has no team on duty in its shift that could walk the border. Add one, or unlock its round.',
    )
  const sorted = [...shifts.values()].sort((a, b) => a.from - b.from || a.to - b.to)
  for (const [at, later] of sorted.entries()) {
    const earlier = sorted[at - 1]
    if (earlier && later.from < earlier.to)
      throw new Problem(
        'split-shifts',
        `Teams ${namesOf(earlier)} and ${namesOf(later)} are on duty together for a part of their hours only. ` +
          'On a border, give teams the same hours, or hours that follow each other.',
      )
  }
  return sorted
}

const namesOf = ({ teams }: BorderShift) => teams.map(({ id }) => id).join(', ')
