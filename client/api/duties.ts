import type { Duty, DutyChanges, DutyLayer, DutyRole, SavedDuties } from '../../geodata/duties/duty.schema.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const DUTIES = '/api/v1/duties'

/** Who looks after a feature, for itself first, then for the cells that hold it. */
export const getDutiesOf = (layer: DutyLayer, feature: number, signal?: AbortSignal) =>
  requestJson<{ duties: Duty[] }>(
    withQuery(`${DUTIES}/of`, { layer, feature }),
    signal ? { signal } : {},
  ).then(({ duties }) => duties)

export interface Holder {
  holder: string
  role: DutyRole
  duties: number
}

export const getHolders = () =>
  requestJson<{ holders: Holder[] }>(`${DUTIES}/holders`).then(({ holders }) => holders)

/** All of it, or nothing. Throws ApiError 412 when somebody changed one of them since. */
export const saveDuties = (changes: DutyChanges) =>
  sendJson<SavedDuties>('POST', `${DUTIES}/changes`, changes)

/** Makes duties of what an analysis proposes. */
export const adoptDuties = (analysis: string) =>
  sendJson<SavedDuties>('POST', `${DUTIES}/adopt`, { analysis })

/** What somebody holds now, at most 1,000. */
export const listDutiesOfHolder = (role: DutyRole, holder: string) =>
  requestJson<{ duties: Duty[] }>(withQuery(DUTIES, { role, holder, current: 'true', limit: 1000 })).then(
    ({ duties }) => duties,
  )
