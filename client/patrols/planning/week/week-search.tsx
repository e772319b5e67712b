import { Alert, Button, Progress } from '@mantine/core'
import { IconFilePlus, IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { isOver } from '../../../../geodata/patrols/generation.schema.ts'
import { endWeek, getWeek, makeWeekPlans } from '../../../api/patrol-weeks.ts'
import { useTexts } from '../../../ui/i18n.ts'
import { LoadState } from '../../../ui/load-state.tsx'
import { ProblemText } from '../../../ui/problem-text.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { PLANS_KEY } from '../save-plan.ts'
import { WeekFound } from './week-found.tsx'

const POLL_MS = 700

/** A search for a week: the best so far while it runs, and the drafts when it is over. */
export function WeekSearch({ jobId, onEnd }: { jobId: string; onEnd(): void }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const week = useQuery({
    queryKey: ['patrols', 'week', jobId],
    queryFn: ({ signal }) => getWeek(jobId, signal),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : POLL_MS),
  })
  const end = useMutation({
    mutationFn: () => endWeek(jobId),
    onSettled: () => week.refetch(),
    onError: toastFailed,
  })
  const make = useMutation({
    mutationFn: () => makeWeekPlans(jobId),
    onSuccess({ plans }) {
      void queries.invalidateQueries({ queryKey: PLANS_KEY })
      toastDone(t('week.made', { count: plans.length }))
      onEnd()
    },
  })
  const job = week.data
  const discard = (
    <Button size="xs" variant="subtle" color="gray" onClick={onEnd} data-testid="week-discard">
      {t('week.discard')}
    </Button>
  )
  if (!job)
    return (
      <section className="gw-week" aria-label={t('week.found')}>
        <LoadState error={week.error} onRetry={() => void week.refetch()} />
        {week.error && discard}
      </section>
    )
  const running = !isOver(job.state)
  const fault = make.error ?? job.problem
  const days = job.proposal?.days.length ?? 0
  return (
    <section
      className="gw-week"
      aria-label={t('week.found')}
      data-testid="week-search"
      data-state={job.state}
    >
      <h3>{job.week.name}</h3>
      {running && <Progress value={job.progress * 100} aria-label={t('week.running')} />}
      {job.proposal ? (
        <WeekFound proposal={job.proposal} />
      ) : (
        <p className="gw-hint" role="status">
          {running ? t('week.first') : t('week.failed')}
        </p>
      )}
      {fault && (
        <Alert color="orange" role="alert" title={t('week.failed')}>
          <ProblemText error={fault} />
        </Alert>
      )}
      <div className="gw-plan-acts">
        {running ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStop size={16} />}
            disabled={end.isPending || end.isSuccess}
            onClick={() => end.mutate()}
            data-testid="week-stop"
          >
            {t('week.stop')}
          </Button>
        ) : (
          <>
            {days > 0 && (
              <Button
                size="xs"
                leftSection={<IconFilePlus size={16} />}
                loading={make.isPending}
                onClick={() => make.mutate()}
                data-testid="week-make"
              >
                {t('week.make', { count: days })}
              </Button>
            )}
            {discard}
          </>
        )}
      </div>
    </section>
  )
}
