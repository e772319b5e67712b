import { Button, Loader } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { PLAN_STATES } from '../../../geodata/patrols/plan.schema.ts'
import { getPlan, listPlans } from '../../api/patrols.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay } from '../../ui/session.ts'
import { toastFailed } from '../../ui/toast.tsx'
import { makeDrawable } from './begin-plan.ts'
import { useChosenShift } from './chosen-shift.ts'
import { planStore, usePlanning } from './plan-store.ts'
import { PLANS_KEY } from './save-plan.ts'
import { clockOf } from './shift.ts'
import { WeekPart } from './week/week-part.tsx'

/** The plans there are, the latest shift first, and a new one. `onOpened`: one of them is open now. */
export function PlanList({ onOpened }: { onOpened(): void }) {
  const { t, lang } = useTexts()
  const may = useMay('plan')
  const { status } = usePlanning()
  const shift = useChosenShift()
  const plans = useQuery({ queryKey: PLANS_KEY, queryFn: listPlans })
  const open = useMutation({
    mutationFn: async (id: number) => planStore.load(await getPlan(id)),
    onSuccess: onOpened,
    onError: toastFailed,
  })
  return (
    <section className="gw-plans" aria-label={t('planning.plans')}>
      {may && status === 'ready' && (
        <Button
          size="sm"
          fullWidth
          leftSection={<IconPlus size={16} />}
          onClick={() => {
            makeDrawable(shift, {
              planName: t('planning.newName'),
              teamName: (id) => t('planning.teamNamed', { id }),
            })
            onOpened()
          }}
          data-testid="plan-new"
        >
          {t('planning.planShift', { from: formatTime(shift.from), to: clockOf(shift.to) })}
        </Button>
      )}
      {may && status === 'ready' && plans.data && <WeekPart plans={plans.data} />}
      {status === 'elsewhere' && <p className="gw-hint">{t('planning.elsewhere')}</p>}
      <h3>{t('planning.plans')}</h3>
      {!plans.data && <LoadState error={plans.error} onRetry={() => void plans.refetch()} />}
      {plans.data?.length === 0 && <p className="gw-hint">{t('planning.noPlans')}</p>}
      <ul>
        {plans.data?.map((plan) => (
          <li key={plan.id}>
            <button
              type="button"
              className="gw-plan-row"
              disabled={open.isPending || status !== 'ready'}
              onClick={() => open.mutate(plan.id)}
              data-testid="plan-row"
            >
              <b>{plan.name}</b>
              <small data-state={plan.state}>{PLAN_STATES[plan.state][lang]}</small>
              <span>
                {formatTime(plan.from)}–{clockOf(plan.to)} ·{' '}
                {t('planning.sum', { teams: plan.teams, stops: plan.stops })}
              </span>
              {open.isPending && open.variables === plan.id && <Loader size={14} />}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
