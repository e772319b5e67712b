import { Alert, Button, Chip, NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanSummary } from '../../../../geodata/patrols/plan.schema.ts'
import { MAX_WEEK_DAYS } from '../../../../geodata/patrols/week.schema.ts'
import { startWeek } from '../../../api/patrol-weeks.ts'
import { getPlan } from '../../../api/patrols.ts'
import { useTexts } from '../../../ui/i18n.ts'
import { ProblemText } from '../../../ui/problem-text.tsx'
import { useChosenShift } from '../chosen-shift.ts'
import { clockOf, dateOf } from '../shift.ts'
import { dayWords } from './day-words.ts'
import { datesFrom, weekInputOf } from './week-input.ts'

const SECONDS = ['15', '30', '60', '120'] as const
const USUAL_DAYS = 7
/** Plans whose teams are offered: the latest. */
const MOST_OFFERED = 12

interface WeekFormProps {
  plans: readonly PlanSummary[]
  onStarted(jobId: string): void
  onClose(): void
}

/** Which days, which hours and whose teams: what a week is planned of. */
export function WeekForm({ plans, onStarted, onClose }: WeekFormProps) {
  const { t, lang } = useTexts()
  const shift = useChosenShift()
  const offered = plans.filter(({ teams }) => teams > 0).slice(0, MOST_OFFERED)
  const [name, setName] = useState('')
  const [start, setStart] = useState(() => dateOf(shift.from))
  const [count, setCount] = useState(USUAL_DAYS)
  const [skipped, setSkipped] = useState<readonly string[]>([])
  const [from, setFrom] = useState(() => clockOf(shift.from))
  const [to, setTo] = useState(() => clockOf(shift.to))
  const [like, setLike] = useState(() => String(offered[0]?.id ?? ''))
  const [seconds, setSeconds] = useState<string>(SECONDS[1])
  const [seed, setSeed] = useState(1)
  const all = start ? datesFrom(start, count) : []
  const days = all.filter((day) => !skipped.includes(day))
  const run = useMutation({
    mutationFn: async () => {
      const fields = {
        name: name.trim() || t('week.newName'),
        days,
        from,
        to,
        seconds: Number(seconds),
        seed,
      }
      const plan = like === '' ? undefined : await getPlan(Number(like))
      return startWeek(weekInputOf(fields, plan, t('planning.teamNamed', { id: 'A' })))
    },
    onSuccess: ({ jobId }) => onStarted(jobId),
  })
  return (
    <form
      className="gw-week"
      aria-label={t('week.open')}
      onSubmit={(event) => {
        event.preventDefault()
        run.mutate()
      }}
      data-testid="week-form"
    >
      <h3>{t('week.open')}</h3>
      <p className="gw-hint">{t('week.lead')}</p>
      <TextInput
        size="xs"
        label={t('week.name')}
        placeholder={t('week.newName')}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className="gw-week-row">
        <TextInput
          type="date"
          size="xs"
          label={t('week.start')}
          value={start}
          required
          withAsterisk={false}
          onChange={(event) => setStart(event.currentTarget.value)}
          data-testid="week-start"
        />
        <NumberInput
          size="xs"
          label={t('week.count')}
          value={count}
          min={1}
          max={MAX_WEEK_DAYS}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={(value) => typeof value === 'number' && value >= 1 && setCount(value)}
          data-testid="week-count"
        />
      </div>
      <fieldset className="gw-chips gw-week-days">
        <legend>{t('week.days')}</legend>
        <Chip.Group
          multiple
          value={days}
          onChange={(next) => setSkipped(all.filter((day) => !next.includes(day)))}
        >
          {all.map((day) => (
            <Chip key={day} value={day} size="xs" variant="outline" data-testid="week-day">
              {dayWords(day, lang)}
            </Chip>
          ))}
        </Chip.Group>
      </fieldset>
      <div className="gw-week-row" data-even>
        <TextInput
          type="time"
          size="xs"
          label={t('planning.from')}
          value={from}
          required
          withAsterisk={false}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          size="xs"
          label={t('planning.to')}
          value={to}
          required
          withAsterisk={false}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <NativeSelect
        size="xs"
        label={t('week.like')}
        value={like}
        onChange={(event) => setLike(event.currentTarget.value)}
        data={[
          ...offered.map((plan) => ({
            value: String(plan.id),
            label: `${t('week.likePlan', { name: plan.name })} (${plan.teams})`,
          })),
          { value: '', label: t('week.oneTeam') },
        ]}
        data-testid="week-like"
      />
      <div className="gw-week-row">
        <div>
          <span className="gw-week-label">{t('week.seconds')}</span>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('week.seconds')}
            value={seconds}
            onChange={setSeconds}
            data={SECONDS.map((value) => ({ value, label: t('planning.secondsValue', { value }) }))}
          />
        </div>
        <NumberInput
          size="xs"
          label={t('planning.seed')}
          value={seed}
          min={0}
          max={0x7fffffff}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={(value) => typeof value === 'number' && setSeed(value)}
        />
      </div>
      {days.length === 0 && (
        <p className="gw-hint" role="status">
          {t('week.noDay')}
        </p>
      )}
      {run.error && (
        <Alert color="orange" role="alert" title={t('week.failed')}>
          <ProblemText error={run.error} />
        </Alert>
      )}
      <div className="gw-plan-acts">
        <Button
          type="submit"
          size="xs"
          disabled={days.length === 0}
          loading={run.isPending}
          data-testid="week-run"
        >
          {t('week.run')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          {t('week.back')}
        </Button>
      </div>
    </form>
  )
}
