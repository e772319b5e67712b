import { bringHistories } from '../../server/cases/begin-cases.store.ts'
import type { DatabaseContext } from './on-both-databases.ts'

const MINUTE = 60_000

interface Step {
  minutesAgo: number
  state: string
  /** Minutes from now; null: no deadline. */
  dueIn: number | null
  departmentId?: number
}

interface PastHazard {
  title: string
  severity?: string
  /** Thousandths of a degree east of 120 and north of 31. */
  at: [east: number, north: number]
  cells: { community?: number; grid?: number; microGrid?: number }
  /** The first is the report. */
  history: [Step, ...Step[]]
  escalation?: number
}

/** A hazard with the history that it would have, had its case gone through all of this. Returns its id. */
export async function pastHazard(context: DatabaseContext, hazard: PastHazard): Promise<number> {
  const { title, severity = 'medium', at, cells, history, escalation = 0 } = hazard
  const nowMs = Date.now()
  const moment = (minutes: number) => new Date(nowMs + minutes * MINUTE).toISOString()
  const last = history.at(-1)!
  const due = ({ dueIn }: Step) => (dueIn === null ? null : moment(dueIn))
  const id = await context.database.sql.begin(async (tx) => {
    await bringHistories(tx)
    const [row] = await tx<[{ id: number }]>`
      INSERT INTO hazard (title, severity, state, category_standard, category_kind, category_code, reported_at, due_at,
        community_id, grid_id, micro_grid_id, geom)
      VALUES (${title}, ${severity}, ${last.state}, 'local', 'local', 'L0001', ${moment(-history[0].minutesAgo)}, ${due(last)},
        ${cells.community ?? null}, ${cells.grid ?? null}, ${cells.microGrid ?? null},
        ST_SetSRID(ST_MakePoint(${120 + at[0] / 1000}::float8, ${31 + at[1] / 1000}::float8), 4326)) RETURNING id`
    for (const [place, step] of history.entries())
      await tx`
        INSERT INTO case_entry (hazard_id, seq, at, kind, action, from_state, to_state, actor, department_id, due_at)
        VALUES (${row.id}, ${place + 1}, ${moment(-step.minutesAgo)}, 'transition', 'report',
          ${history[place - 1]?.state ?? null}, ${step.state}, 'test', ${step.departmentId ?? null}, ${due(step)})`
    await tx`
      INSERT INTO hazard_case (hazard_id, entries, state_since, last_at, department_id, escalation, source)
      VALUES (${row.id}, ${history.length}, ${moment(-last.minutesAgo)}, ${moment(-last.minutesAgo)},
        ${last.departmentId ?? null}, ${escalation}, 'desk')`
    return row.id
  })
  return id as number
}
