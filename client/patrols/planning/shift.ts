import { isoOf } from '../../../geodata/patrols/opening-windows.ts'

/** Shifts as people name them: hours of the viewer’s clock; one that ends at or before its beginning ends the next day. */
export const SHIFTS = {
  evening: { from: '18:00', to: '22:00' },
  night: { from: '22:00', to: '06:00' },
  morning: { from: '08:00', to: '12:00' },
  afternoon: { from: '13:00', to: '18:00' },
} as const
export type ShiftName = keyof typeof SHIFTS
export const SHIFT_NAMES = Object.keys(SHIFTS) as ShiftName[]

export interface Shift {
  /** Instants, ISO 8601. */
  from: string
  to: string
}

const DAY = 86_400_000

/** `date` as in a date field: 2026-11-22. */
export function shiftOn(date: string, from: string, to: string): Shift {
  const start = new Date(`${date}T${from}`)
  const end = new Date(`${date}T${to}`)
  if (end <= start) end.setDate(end.getDate() + 1)
  return { from: isoOf(start.getTime()), to: isoOf(end.getTime()) }
}

/** This evening; once it is over, tomorrow’s. */
export function tonight(now: Date): Shift {
  const { from, to } = SHIFTS.evening
  const shift = shiftOn(dateOf(now), from, to)
  return Date.parse(shift.to) > now.getTime()
    ? shift
    : shiftOn(dateOf(new Date(now.getTime() + DAY)), from, to)
}

const two = (value: number) => String(value).padStart(2, '0')

/** For a date field, by the viewer’s clock. */
export function dateOf(moment: string | Date): string {
  const date = new Date(moment)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** For a time field, by the viewer’s clock. */
export function clockOf(moment: string | Date): string {
  const date = new Date(moment)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The first moment at `clock` that is not before `earliest`. */
export function momentAt(clock: string, earliest: string): string {
  const moment = new Date(`${dateOf(earliest)}T${clock}`)
  if (moment.getTime() < Math.floor(Date.parse(earliest) / 60_000) * 60_000)
    moment.setDate(moment.getDate() + 1)
  return isoOf(moment.getTime())
}

export const nameOfShift = ({ from, to }: Shift): ShiftName | undefined =>
  SHIFT_NAMES.find((name) => SHIFTS[name].from === clockOf(from) && SHIFTS[name].to === clockOf(to))
