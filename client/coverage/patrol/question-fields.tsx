import { Checkbox, MultiSelect, SegmentedControl, TagsInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { PATROL_SOURCES, type PatrolParams } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { listPlans } from '../../api/patrols.ts'
import { useTexts } from '../../ui/i18n.ts'
import { useMay } from '../../ui/session.ts'
import { PeriodFields } from './period-fields.tsx'
import { CHOICES_OF, periodBefore, periodOf } from './periods.ts'
import { WeightFields } from './weight-fields.tsx'

interface QuestionFieldsProps {
  params: PatrolParams
  put(next: Partial<PatrolParams>): void
}

/** When, of what, how closely, and against when. */
export function QuestionFields({ params, put }: QuestionFieldsProps) {
  const { t } = useTexts()
  const maySeeTracks = useMay('track')
  const maySeePlans = useMay('plan')
  const { source, period, compare, detail, teams } = params
  return (
    <div className="gw-patrol-form" data-testid="patrol-form">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('patrolCover.source')}
        value={source}
        onChange={(next) => {
          const chosen = PATROL_SOURCES.find((known) => known === next) ?? 'walked'
          put({ source: chosen, period: periodOf(chosen === 'walked' ? 'week' : 'ahead', Date.now()) })
        }}
        data={PATROL_SOURCES.map((value) => ({ value, label: t(`patrolCover.sources.${value}`) }))}
        data-testid="patrol-source"
      />
      <PeriodFields
        labels={[t('patrolCover.from'), t('patrolCover.to')]}
        period={period}
        onChange={(next) => put({ period: next, compare: compare && periodBefore(next) })}
        choices={CHOICES_OF[source]}
        testId="patrol-period"
      />
      <Checkbox
        label={t('patrolCover.compare')}
        checked={compare !== null}
        onChange={(event) => put({ compare: event.currentTarget.checked ? periodBefore(period) : null })}
        data-testid="patrol-compare"
      />
      {compare && (
        <PeriodFields
          labels={[t('patrolCover.compareFrom'), t('patrolCover.compareTo')]}
          period={compare}
          onChange={(next) => put({ compare: next })}
          testId="patrol-compared"
        />
      )}
      {maySeeTracks && (
        <Checkbox
          label={t('patrolCover.detail')}
          description={t('patrolCover.detailHint')}
          checked={detail === 'streets'}
          onChange={(event) => put({ detail: event.currentTarget.checked ? 'streets' : 'places' })}
          data-testid="patrol-detail"
        />
      )}
      {source === 'planned' && maySeePlans && <PlanChoice params={params} put={put} />}
      <TagsInput
        size="xs"
        label={t('patrolCover.teams')}
        description={t('patrolCover.teamsHint')}
        value={teams}
        maxTags={50}
        onChange={(next) => put({ teams: next.map((name) => name.slice(0, 120)) })}
        data-testid="patrol-teams"
      />
      <WeightFields params={params} put={put} />
    </div>
  )
}

function PlanChoice({ params: { plans, period }, put }: QuestionFieldsProps) {
  const { t } = useTexts()
  const known = useQuery({ queryKey: ['patrols', 'plans'], queryFn: listPlans })
  const meeting = (known.data ?? []).filter(
    ({ id, from, to }) =>
      plans.includes(id) ||
      (Date.parse(from) < Date.parse(period.to) && Date.parse(to) > Date.parse(period.from)),
  )
  return (
    <MultiSelect
      size="xs"
      label={t('patrolCover.plans')}
      description={t('patrolCover.plansHint')}
      searchable
      maxValues={50}
      value={plans.map(String)}
      onChange={(next) => put({ plans: next.map(Number) })}
      data={meeting.map(({ id, name }) => ({ value: String(id), label: `${name} · ${id}` }))}
      data-testid="patrol-plans"
    />
  )
}
