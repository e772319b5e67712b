import './settings.css'
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { type CalendarDay, countDays, withDays } from '../../../geodata/hazards/read-days.ts'
import { DAY, isWorkingDay, workingCalendar } from '../../../geodata/hazards/working-calendar.ts'
import { CALENDAR_KEY, type CalendarAnswer, getCalendar, putCalendar } from '../../api/cases.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay, useOwnArea } from '../../ui/session.ts'
import { PasteDays } from './paste-days.tsx'
import { SaveBar } from './save-bar.tsx'
import { texts } from './texts.ts'
import { useSaving } from './use-saving.ts'
import { YearView } from './year-view.tsx'

addTexts(texts)

const NO_DAYS = workingCalendar([])

/** Public holidays and the days that make up for them, by which working time is counted. */
export default function CalendarSection() {
  const calendar = useQuery({ queryKey: CALENDAR_KEY, queryFn: getCalendar, staleTime: Infinity })
  return (
    <div className="gw-admin-text" data-testid="calendar-section">
      {calendar.data ? (
        <Calendar stored={calendar.data} />
      ) : (
        <LoadState error={calendar.error} onRetry={() => void calendar.refetch()} />
      )}
    </div>
  )
}

function Calendar({ stored }: { stored: CalendarAnswer }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const everywhere = useOwnArea() === undefined
  const may = useMay('configure') && everywhere
  // undefined: as it is stored, whoever stored it.
  const [entered, setDays] = useState<readonly CalendarDay[]>()
  const days = entered ?? stored.days
  const [year, setYear] = useState(() => new Date().getFullYear())
  const calendar = useMemo(() => workingCalendar(days), [days])
  const saving = useSaving<readonly CalendarDay[]>({
    put: putCalendar,
    refresh: () => queries.invalidateQueries({ queryKey: CALENDAR_KEY }),
    onSaved: () => setDays(undefined),
    said: t('caseSettings.calendarSaved'),
  })
  const inYear = days.filter(({ day }) => day.startsWith(`${year}-`))
  const drop = (gone: string) => setDays(days.filter(({ day }) => day !== gone))
  /** A day of work becomes a holiday, one that is free a day of work; pressed again it is as it always is. */
  function press(day: string) {
    if (days.some((each) => each.day === day)) return drop(day)
    const kind = isWorkingDay(NO_DAYS, Date.parse(day) / DAY) ? 'holiday' : 'workday'
    setDays(withDays(days, [{ day, kind, name: t(`caseSettings.nameOf.${kind}`) }]))
  }
  return (
    <>
      <p className="gw-hint">{t('caseSettings.calendarLead')}</p>
      {stored.example && (
        <p className="gw-settings-check" role="note">
          {t('caseSettings.calendarExample')}
        </p>
      )}
      {!may && <p className="gw-hint">{t('caseSettings.mayNot')}</p>}
      <div className="gw-year-head">
        <ActionIcon
          variant="default"
          size={28}
          aria-label={t('caseSettings.yearBefore')}
          onClick={() => setYear(year - 1)}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <h2 aria-live="polite">{year}</h2>
        <ActionIcon
          variant="default"
          size={28}
          aria-label={t('caseSettings.yearAfter')}
          onClick={() => setYear(year + 1)}
          data-testid="year-after"
        >
          <IconChevronRight size={16} />
        </ActionIcon>
        <span className="gw-hint">
          {inYear.length === 0
            ? t('caseSettings.yearEmpty', { year })
            : t('caseSettings.yearSum', {
                holidays: inYear.filter(({ kind }) => kind === 'holiday').length,
                workdays: inYear.filter(({ kind }) => kind === 'workday').length,
              })}
        </span>
      </div>
      <div className="gw-calendar">
        <YearView year={year} days={inYear} calendar={calendar} onPress={may ? press : undefined} />
        <div className="gw-calendar-side">
          {may && (
            <PasteDays
              onAdd={(added) => {
                setDays(withDays(days, added))
                setYear(Number(added[0]?.day.slice(0, 4)) || year)
              }}
            />
          )}
          <h3>{t('caseSettings.daysOf', { year })}</h3>
          <ul className="gw-days">
            {inYear.map((each) => (
              <li key={each.day} data-kind={each.kind}>
                <time dateTime={each.day}>{each.day.slice(5)}</time>
                <em>{t(`caseSettings.short.${each.kind}`)}</em>
                {may ? (
                  <>
                    <TextInput
                      size="xs"
                      aria-label={t('caseSettings.dayName', { day: each.day })}
                      maxLength={60}
                      value={each.name}
                      onChange={(event) =>
                        setDays(withDays(days, [{ ...each, name: event.currentTarget.value }]))
                      }
                    />
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size={24}
                      aria-label={t('caseSettings.dropDay', { day: each.day })}
                      onClick={() => drop(each.day)}
                    >
                      <IconX size={14} />
                    </ActionIcon>
                  </>
                ) : (
                  <span>{each.name}</span>
                )}
              </li>
            ))}
          </ul>
          {inYear.length > 0 && may && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setDays(days.filter(({ day }) => !day.startsWith(`${year}-`)))}
            >
              {t('caseSettings.dropYear', { year })}
            </Button>
          )}
        </div>
      </div>
      {may && (
        <SaveBar
          count={countDays(stored.days, days)}
          wrong={days.some(({ name }) => name.trim() === '') ? t('caseSettings.dayUnnamed') : undefined}
          saving={saving}
          onSave={() => saving.mutate({ version: stored.version, body: days, before: stored.days })}
          onDiscard={() => {
            setDays(undefined)
            saving.reset()
          }}
        />
      )}
    </>
  )
}
