import type { TFunction } from 'i18next'
import type { Conflict, TimedRound } from '../../../geodata/patrols/timed-round.ts'
import { clockOf } from './shift.ts'

export const minutesOf = (seconds: number): number => Math.round(seconds / 60)
const lateMinutes = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60))

/** What goes against the plan, in a few words. */
export function conflictWords(conflict: Conflict, t: TFunction): string {
  switch (conflict.kind) {
    case 'window':
      return t('planning.conflict.window', { time: clockOf(conflict.at) })
    case 'limit':
      return t('planning.conflict.limit', { minutes: lateMinutes(conflict.seconds) })
    case 'area':
      return t('planning.conflict.area')
    case 'no-way':
      return conflict.stopId === undefined ? t('planning.conflict.no-way-end') : t('planning.conflict.no-way')
    case 'shift':
      return t('planning.conflict.shift', {
        minutes: lateMinutes(conflict.seconds),
        time: clockOf(conflict.to),
      })
    case 'break':
      return t('planning.conflict.break', { minutes: lateMinutes(conflict.seconds) })
  }
}

export const conflictsOfStop = ({ conflicts }: TimedRound, stopId: string): Conflict[] =>
  conflicts.filter((conflict) => 'stopId' in conflict && conflict.stopId === stopId)

/** Those that belong to no stop: the end of the shift, a break, the way to the end. */
export const conflictsOfRound = ({ conflicts }: TimedRound): Conflict[] =>
  conflicts.filter((conflict) => !('stopId' in conflict) || conflict.stopId === undefined)

/** The letter stands in many names already: A组, Team A. */
export const teamWords = ({ id, name }: { id: string; name: string }): string =>
  name.split(/[^\w-]+/).includes(id) ? name : `${id} ${name}`
