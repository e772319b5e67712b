import { Alert, Button } from '@mantine/core'
import { IconDownload, IconPrinter, IconSend, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Workspace } from '../../../geodata/places/workspace.schema.ts'
import {
  addPlan,
  closePlan,
  deletePlan,
  EXPORT_FORMATS,
  getPlanDifferences,
  planExportUrl,
  publishPlan,
} from '../../api/patrols.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemText } from '../../ui/problem-text.tsx'
import { useMay } from '../../ui/session.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import type { Scheme } from '../../ui/tokens.ts'
import { Differences } from './differences.tsx'
import { isChanged, planStore, usePlanning } from './plan-store.ts'
import { PLANS_KEY, savedBase } from './save-plan.ts'

const RoundSheets = lazy(() => import('./round-sheets.tsx'))

interface HandOutPartProps {
  map: MapHandle | null
  workspace: Workspace
  scheme: Scheme
}

/** Publishing with what it changes for those who walk; paper and files. */
export function HandOutPart({ map, workspace }: HandOutPartProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const planning = usePlanning()
  const may = useMay('plan')
  const { base, plan } = planning
  const [asking, setAsking] = useState(false)
  const [printing, setPrinting] = useState(false)
  const changed = isChanged(planning)
  const sent = base?.publishedVersion ?? null
  const differences = useQuery({
    queryKey: ['patrols', 'differences', base?.id, sent, base?.version],
    queryFn: () => getPlanDifferences(base!.id, sent!, base!.version),
    enabled: asking && base !== undefined && sent !== null && !changed && sent !== base.version,
  })
  const review = useMutation({
    mutationFn: () => savedBase(queries),
    onSuccess: () => setAsking(true),
  })
  const hand = useMutation({
    mutationFn: async (close: boolean) => {
      const now = await savedBase(queries)
      if (!now || !plan) return
      const done = await (close ? closePlan : publishPlan)(now.id, now.version)
      planStore.markSaved(plan, done)
      void queries.invalidateQueries({ queryKey: PLANS_KEY })
      setAsking(false)
    },
  })
  const remove = useMutation({
    mutationFn: async () => {
      const { base: stored, plan: last } = planStore.getSnapshot()
      if (!stored || !last) return
      await deletePlan(stored.id, stored.version)
      planStore.close()
      void queries.invalidateQueries({ queryKey: PLANS_KEY })
      toastDone(t('planning.deleted', { name: last.name }), {
        undo: async () => {
          planStore.load(await addPlan(last))
          void queries.invalidateQueries({ queryKey: PLANS_KEY })
        },
      })
    },
    onError: toastFailed,
  })
  if (!plan) return null
  const hasStops = plan.rounds.some(({ stops }) => stops.length > 0)
  const isClosed = base?.state === 'closed'
  const isOut = sent !== null && sent === base?.version && !changed
  const failed = review.error ?? hand.error
  return (
    <section className="gw-hand-out" aria-labelledby="gw-hand-out-title">
      <h3 id="gw-hand-out-title">{t('planning.handOut')}</h3>
      {base?.publishedAt && (
        <p className="gw-hint" data-testid="published">
          {t('planning.publishedAt', { time: formatTime(base.publishedAt), version: sent ?? 1 })}
          {!isOut && !isClosed && ` ${t('planning.notOut')}`}
        </p>
      )}
      {may && !isClosed && !asking && (
        <Button
          fullWidth
          leftSection={<IconSend size={16} />}
          disabled={!hasStops || isOut}
          loading={review.isPending}
          onClick={() => review.mutate()}
          data-testid="publish"
        >
          {sent === null ? t('planning.publish') : t('planning.publishAgain')}
        </Button>
      )}
      {asking && (
        <div className="gw-publish" data-testid="publishing">
          {sent === null ? (
            <p>
              {t('planning.firstTime', { people: new Set(plan.teams.flatMap(({ people }) => people)).size })}
            </p>
          ) : (
            <Differences differences={differences.data} error={differences.error} />
          )}
          <Button.Group>
            <Button
              size="xs"
              loading={hand.isPending}
              onClick={() => hand.mutate(false)}
              data-testid="publish-now"
            >
              {t('planning.publishNow')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(false)}>
              {t('planning.notYet')}
            </Button>
          </Button.Group>
        </div>
      )}
      {failed && (
        <Alert color="orange" role="alert" title={t('planning.notPublished')}>
          <ProblemText error={failed} />
        </Alert>
      )}
      <div className="gw-plan-acts">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPrinter size={16} />}
          disabled={!hasStops || !map}
          onClick={() => setPrinting(true)}
          data-testid="print-rounds"
        >
          {t('planning.print')}
        </Button>
        {base &&
          EXPORT_FORMATS.map((format) => (
            <Button
              key={format}
              component="a"
              size="xs"
              variant="default"
              leftSection={<IconDownload size={16} />}
              href={planExportUrl(base.id, format)}
              download
              title={changed ? t('planning.exportsSaved') : undefined}
            >
              {t(`planning.format.${format}`)}
            </Button>
          ))}
      </div>
      {base && changed && <p className="gw-hint">{t('planning.exportsSaved')}</p>}
      {may && base?.state === 'published' && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          loading={hand.isPending}
          onClick={() => hand.mutate(true)}
          data-testid="plan-end"
        >
          {t('planning.endPlan')}
        </Button>
      )}
      {may && base && sent === null && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={16} />}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
          data-testid="plan-delete"
        >
          {t('planning.deletePlan')}
        </Button>
      )}
      {printing && map && (
        <Suspense>
          <RoundSheets map={map} workspace={workspace} onClose={() => setPrinting(false)} />
        </Suspense>
      )}
    </section>
  )
}
