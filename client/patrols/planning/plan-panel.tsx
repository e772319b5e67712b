import './rounds.css'
import './plan.css'
import { Alert, Button, Loader, SegmentedControl, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { PLAN_STATES } from '../../../geodata/patrols/plan.schema.ts'
import { getPlan } from '../../api/patrols.ts'
import { ApiError } from '../../api/request.ts'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { PanelSkeleton } from '../../ui/panel-skeleton.tsx'
import { ProblemText } from '../../ui/problem-text.tsx'
import { useMay } from '../../ui/session.ts'
import { toastDone } from '../../ui/toast.tsx'
import { readWalkedAsk } from '../review/walked-ask.ts'
import { ChecksPart } from './checks-part.tsx'
import { GeneratePart } from './generate-part.tsx'
import { HandOutPart } from './hand-out-part.tsx'
import { PlanList } from './plan-list.tsx'
import { isChanged, planStore, usePlanning } from './plan-store.ts'
import { savePlan } from './save-plan.ts'
import { texts } from './texts.ts'
import { TheirsNote } from './theirs-note.tsx'

addTexts(texts)

const NormsPanel = lazy(() => import('../norms-panel.tsx'))
const WalkedPart = lazy(() => import('../review/walked-part.tsx'))

/** The patrols workspace: checks, times, generating and publishing of the plan that is open; else the plans and the norms; beside them what was walked. */
export default function PlanPanel(props: WorkPanelProps) {
  const { t } = useTexts()
  const planning = usePlanning()
  const [norms, setNorms] = useState(false)
  const mayTrack = useMay('track')
  const walked = mayTrack && readWalkedAsk(props.ask) !== undefined
  useEffect(() => planStore.open(), [])
  if (planning.status === 'loading') return <PanelSkeleton />
  const normsShown = (
    <Suspense fallback={<PanelSkeleton />}>
      <NormsPanel {...props} />
    </Suspense>
  )
  const parts = planning.plan ? (['plan', 'norms'] as const) : (['plan'] as const)
  const shown = walked ? 'walked' : planning.plan && norms ? 'norms' : 'plan'
  const choice = (planning.plan || mayTrack) && (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('planning.parts')}
      value={shown}
      onChange={(next) => {
        setNorms(next === 'norms')
        if (next === 'walked') props.setAsk('walked')
        else if (walked) props.setAsk(undefined)
      }}
      data={[...parts, ...(mayTrack ? (['walked'] as const) : [])].map((value) => ({
        value,
        label: t(`planning.${value}`),
      }))}
    />
  )
  if (walked)
    return (
      <>
        {choice}
        <Suspense fallback={<PanelSkeleton />}>
          <WalkedPart {...props} />
        </Suspense>
      </>
    )
  if (!planning.plan)
    return (
      <>
        {choice}
        <PlanList onOpened={props.openOwnPart} />
        <h3>{t('planning.norms')}</h3>
        {normsShown}
      </>
    )
  return (
    <>
      {choice}
      {shown === 'norms' ? normsShown : <OpenPlan {...props} />}
    </>
  )
}

function OpenPlan({ map, scheme, workspace }: WorkPanelProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const planning = usePlanning()
  const plan = planning.plan!
  const { base } = planning
  const [name, setName] = useState(plan.name)
  useEffect(() => setName(plan.name), [plan.name])
  const may = useMay('plan')
  const changed = isChanged(planning)
  const closed = base?.state === 'closed'
  const save = useMutation({ mutationFn: () => savePlan(queries) })
  const stale = save.error instanceof ApiError && save.error.status === 412
  const theirs = useMutation({
    mutationFn: async (take: boolean) => {
      const stored = await getPlan(base!.id)
      if (take) planStore.load(stored)
      else {
        planStore.goOnFrom(stored)
        await savePlan(queries)
      }
      save.reset()
    },
  })
  return (
    <div className="gw-plan" data-testid="plan">
      <div className="gw-plan-head">
        <TextInput
          aria-label={t('planning.name')}
          value={name}
          maxLength={200}
          disabled={!may || closed}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => {
            const given = name.trim()
            if (given && given !== plan.name) planStore.edit('name', (now) => ({ ...now, name: given }))
            else setName(plan.name)
          }}
          data-testid="plan-name"
        />
        <p className="gw-plan-state" data-testid="plan-state" role="status">
          <b data-state={base?.state ?? 'draft'}>{PLAN_STATES[base?.state ?? 'draft'][lang]}</b>
          {' · '}
          {changed ? t('planning.unsaved') : t('planning.saved', { version: base?.version ?? 1 })}
        </p>
      </div>
      <div className="gw-plan-acts">
        {may && !closed && (
          <>
            <Button
              size="xs"
              leftSection={<IconDeviceFloppy size={16} />}
              disabled={!changed}
              loading={save.isPending}
              onClick={() => save.mutate()}
              data-testid="plan-save"
            >
              {t('planning.save')}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={!planning.undoable}
              leftSection={<IconArrowBackUp size={16} />}
              onClick={() => planStore.undo()}
              data-testid="plan-undo"
            >
              {t('planning.undo')}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={!planning.redoable}
              leftSection={<IconArrowForwardUp size={16} />}
              onClick={() => planStore.redo()}
            >
              {t('planning.redo')}
            </Button>
          </>
        )}
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={16} />}
          onClick={() => {
            const reopen = planStore.close()
            toastDone(t(changed ? 'planning.putAwayUnsaved' : 'planning.putAway', { name: plan.name }), {
              undo: reopen,
            })
          }}
          data-testid="plan-close"
        >
          {t('planning.close')}
        </Button>
      </div>
      {!stale && <TheirsNote />}
      {stale ? (
        <Alert color="orange" role="alert" title={t('planning.staleTitle')} data-testid="plan-stale">
          <p>{t('planning.stale')}</p>
          <Button.Group>
            <Button
              size="xs"
              variant="default"
              loading={theirs.isPending}
              onClick={() => theirs.mutate(true)}
            >
              {t('planning.takeTheirs')}
            </Button>
            <Button
              size="xs"
              variant="default"
              loading={theirs.isPending}
              onClick={() => theirs.mutate(false)}
            >
              {t('planning.keepMine')}
            </Button>
          </Button.Group>
          {theirs.error && <ProblemText error={theirs.error} />}
        </Alert>
      ) : (
        save.error && (
          <Alert color="orange" role="alert" title={t('planning.notSaved')}>
            <ProblemText error={save.error} />
          </Alert>
        )
      )}
      {save.isPending && <Loader size="xs" aria-label={t('planning.saving')} />}
      <ChecksPart map={map} scheme={scheme} />
      {may && !closed && <GeneratePart map={map} />}
      <HandOutPart map={map} workspace={workspace} scheme={scheme} />
    </div>
  )
}
