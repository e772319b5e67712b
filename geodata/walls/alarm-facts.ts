import type { SEVERITIES } from '../hazards/hazard.schema.ts'
import type { CaseStateName } from '../hazards/workflow.ts'
import type { LngLat } from '../shared/geojson.ts'
import type { AlarmState } from './alarm.schema.ts'

interface Place {
  id: number
  lngLat: LngLat
  gridCode: string | null
  gridName: string | null
}

/** An open hazard. All moments are milliseconds since 1970. */
export interface HazardFacts extends Place {
  title: string
  severity: (typeof SEVERITIES)[number]
  state: CaseStateName
  reportedAt: number
  /** When it came into its state. */
  stateSince: number
  /** The deadline that runs; null: none does, as while it is suspended. */
  dueAt: number | null
  /** Department that has it. */
  owner: string | null
  /** Who was told of its deadline: 0 nobody, 1 its owner, 2 coordinators, 3 supervisors. */
  escalation: number
}

/** A patrol site that was not visited in time. */
export interface SiteFacts extends Place {
  name: string
  /** When limit and grace were over. */
  brokeAt: number
}

/** What somebody answered to an alarm. */
export interface AlarmMark {
  state: Exclude<AlarmState, 'new'>
  /** Of the alarm when it was answered. */
  weight: number
  by: string
  at: number
  /** Of a shelved one. */
  until: number | null
  note: string | null
}
