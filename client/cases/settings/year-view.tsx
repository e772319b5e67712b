import { type KeyboardEvent, useRef, useState } from 'react'
import type { CalendarDay } from '../../../geodata/hazards/read-days.ts'
import { DAY, isWorkingDay, type WorkingCalendar } from '../../../geodata/hazards/working-calendar.ts'
import { useTexts } from '../../ui/i18n.ts'

interface YearViewProps {
  year: number
  days: readonly CalendarDay[]
  calendar: WorkingCalendar
  /** undefined: the days are only shown. */
  onPress: ((day: string) => void) | undefined
}

const WEEK = 7
const MOVES: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -WEEK, ArrowDown: WEEK }
const dayOf = (year: number, month: number, date: number) => Date.UTC(year, month, date) / DAY
const isoOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)
/** From Monday. Day 0 was a Thursday. */
const weekdayOf = (day: number) => (((day + 3) % WEEK) + WEEK) % WEEK

/**
 * Twelve months with what is a holiday and what is worked, in shape and text as well as colour. Arrow keys go from day
 * to day, so that the year is one stop for the keyboard.
 */
export function YearView({ year, days, calendar, onPress }: YearViewProps) {
  const { t, lang } = useTexts()
  const [first, last] = [dayOf(year, 0, 1), dayOf(year, 11, 31)]
  const [at, setAt] = useState(first)
  const current = Math.min(last, Math.max(first, at))
  const root = useRef<HTMLDivElement>(null)
  const named = new Map(days.map((each) => [each.day, each]))
  const month = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en', { month: 'long', timeZone: 'UTC' })
  const weekday = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en', {
    weekday: 'narrow',
    timeZone: 'UTC',
  })
  const full = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en', { dateStyle: 'full', timeZone: 'UTC' })
  function onKey(event: KeyboardEvent) {
    const by = MOVES[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = Math.min(last, Math.max(first, current + by))
    setAt(next)
    root.current?.querySelector<HTMLElement>(`[data-day="${isoOf(next)}"]`)?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div className="gw-year" ref={root} onKeyDown={onKey} data-testid="year">
      {Array.from({ length: 12 }, (_, index) => {
        const begins = dayOf(year, index, 1)
        const count = dayOf(year, index + 1, 1) - begins
        const name = month.format(begins * DAY)
        return (
          <fieldset key={name}>
            <legend>{name}</legend>
            {Array.from({ length: WEEK }, (_, of) => (
              // 1970-01-05 was a Monday.
              <small key={isoOf(4 + of)} aria-hidden="true">
                {weekday.format((4 + of) * DAY)}
              </small>
            ))}
            {Array.from({ length: count }, (_, of) => {
              const day = begins + of
              const iso = isoOf(day)
              const known = named.get(iso)
              const works = isWorkingDay(calendar, day)
              const what = known?.name ?? t(works ? 'caseSettings.worked' : 'caseSettings.free')
              return (
                <button
                  key={iso}
                  type="button"
                  style={of === 0 ? { gridColumnStart: weekdayOf(day) + 1 } : undefined}
                  data-day={iso}
                  data-works={works || undefined}
                  data-kind={known?.kind}
                  data-mark={known && t(`caseSettings.short.${known.kind}`)}
                  aria-pressed={known !== undefined}
                  aria-label={`${full.format(day * DAY)} · ${what}`}
                  title={known?.name}
                  tabIndex={day === current ? 0 : -1}
                  aria-disabled={onPress === undefined}
                  onFocus={() => setAt(day)}
                  onClick={() => onPress?.(iso)}
                >
                  {of + 1}
                </button>
              )
            })}
          </fieldset>
        )
      })}
    </div>
  )
}
