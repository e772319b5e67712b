import { Alert, Button, NumberInput, Progress, SegmentedControl, Slider, Switch } from '@mantine/core'
import { IconPlayerStop, IconWand } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  type GenerationSettings,
  generationSettingsSchema,
  PLAN_KINDS,
  type PlanKind,
} from '../../../geodata/patrols/plan.schema.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemText } from '../../ui/problem-text.tsx'
import { useOwnName } from '../../ui/session.ts'
import { toastFailed } from '../../ui/toast.tsx'
import { GenerateResults } from './generate-results.tsx'
import { endGenerating, generate, resumeGenerating, useGenerating } from './generating.ts'
import { usePlanning } from './plan-store.ts'
import { savedBase } from './save-plan.ts'
import { countOwed } from './unserved.ts'
import { useDue } from './use-due.ts'

/** Those that are generated. */
const KINDS = ['visit', 'streets', 'border'] as const satisfies PlanKind[]
const SECONDS = ['5', '10', '30', '60'] as const

/** Has rounds searched for; the best so far stands on the map while they improve, and stays when one stops it. */
export function GeneratePart({ map }: { map: MapHandle | null }) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const { plan, base } = usePlanning()
  const { sites } = useDue(plan!)
  const { state, progress, proposal, ended, result, failed } = useGenerating()
  const [settings, setSettings] = useState<GenerationSettings>(
    () => plan?.generated?.settings ?? generationSettingsSchema.parse({}),
  )
  const [saving, setSaving] = useState(false)
  const patch = (part: Partial<GenerationSettings>) => setSettings((before) => ({ ...before, ...part }))
  const running = state !== 'idle'
  const own = useOwnName()
  const planId = base?.id
  useEffect(() => {
    if (planId !== undefined) void resumeGenerating(planId, own)
  }, [planId, own])

  async function run() {
    setSaving(true)
    try {
      // What is searched for begins with what is stored.
      const base = await savedBase(queries)
      setSaving(false)
      if (base) await generate(base.id, settings)
    } catch (error) {
      toastFailed(error)
    } finally {
      setSaving(false)
    }
  }
  const { kind } = settings
  const needsArea = kind === 'border' && plan?.area.length === 0
  const hasTeams = (plan?.teams.length ?? 0) > 0
  return (
    <section className="gw-generate" aria-labelledby="gw-generate-title">
      <h3 id="gw-generate-title">{t('planning.generate')}</h3>
      {running ? (
        <div data-testid="generating">
          <Progress value={progress * 100} aria-label={t('planning.progress')} />
          <p className="gw-hint" role="status">
            {proposal
              ? t('planning.bestSoFar', {
                  visits: proposal.visits,
                  metres: formatMetres(proposal.metres, lang),
                  unserved: countOwed(proposal.unserved, sites),
                })
              : t('planning.searching')}
          </p>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStop size={16} />}
            disabled={state !== 'running'}
            onClick={() => void endGenerating()}
            data-testid="generate-stop"
          >
            {t('planning.stop')}
          </Button>
        </div>
      ) : (
        <>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('planning.kind')}
            value={settings.kind}
            onChange={(next) => patch({ kind: KINDS.find((kind) => kind === next) ?? 'visit' })}
            data={KINDS.map((value) => ({ value, label: PLAN_KINDS[value][lang] }))}
          />
          {kind !== 'border' && (
            <div className="gw-field">
              <span>{t('planning.seconds')}</span>
              <SegmentedControl
                size="xs"
                aria-label={t('planning.seconds')}
                value={String(settings.seconds)}
                onChange={(seconds) => patch({ seconds: Number(seconds) })}
                data={SECONDS.map((value) => ({ value, label: t('planning.secondsValue', { value }) }))}
              />
            </div>
          )}
          {kind === 'visit' && (
            <Dial
              label={t('planning.balance')}
              value={settings.balance}
              onChange={(balance) => patch({ balance })}
            />
          )}
          {kind !== 'streets' && (
            <Dial
              label={t('planning.unpredictability')}
              value={settings.unpredictability}
              onChange={(unpredictability) => patch({ unpredictability })}
            />
          )}
          <div className="gw-field">
            <Switch
              size="xs"
              label={t('planning.keepLocked')}
              checked={settings.keep === 'locked'}
              onChange={(event) => patch({ keep: event.currentTarget.checked ? 'locked' : 'none' })}
            />
            <NumberInput
              size="xs"
              w="6.5rem"
              label={t('planning.seed')}
              value={settings.seed}
              min={0}
              max={0x7fffffff}
              allowDecimal={false}
              clampBehavior="strict"
              onChange={(value) => value !== '' && patch({ seed: Number(value) })}
            />
          </div>
          <Button
            fullWidth
            variant="default"
            leftSection={<IconWand size={16} />}
            disabled={!hasTeams || needsArea}
            loading={saving}
            onClick={() => void run()}
            data-testid="generate"
          >
            {t('planning.generateNow')}
          </Button>
          {!hasTeams && <p className="gw-hint">{t('planning.needTeams')}</p>}
          {hasTeams && needsArea && <p className="gw-hint">{t('planning.needArea')}</p>}
        </>
      )}
      {failed && (
        <Alert color="orange" role="alert" title={t('planning.notGenerated')}>
          <ProblemText error={failed} />
        </Alert>
      )}
      {ended && !running && !failed && (
        <GenerateResults ended={ended} result={result} plan={plan} sites={sites} map={map} />
      )}
    </section>
  )
}

interface DialProps {
  label: string
  /** 0 to 1. */
  value: number
  onChange(value: number): void
}

const Dial = ({ label, value, onChange }: DialProps) => (
  <div className="gw-slider">
    <span>{label}</span>
    <Slider
      size="sm"
      min={0}
      max={1}
      step={0.05}
      label={(share) => `${Math.round(share * 100)} %`}
      thumbLabel={label}
      value={value}
      onChange={onChange}
    />
  </div>
)
