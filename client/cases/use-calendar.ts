import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type WorkingCalendar, workingCalendar } from '../../geodata/hazards/working-calendar.ts'
import { CALENDAR_KEY, getCalendar } from '../api/cases.ts'

/** The working calendar; undefined until it is known, for without its holidays what is left would be a guess. */
export function useCalendar(): WorkingCalendar | undefined {
  const { data } = useQuery({ queryKey: CALENDAR_KEY, queryFn: getCalendar, staleTime: Infinity })
  return useMemo(() => data && workingCalendar(data.days), [data])
}
