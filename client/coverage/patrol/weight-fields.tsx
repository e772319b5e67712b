import { NumberInput } from '@mantine/core'
import type { PatrolParams } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { SEVERITIES } from '../../../geodata/hazards/hazard.schema.ts'
import { RISKS } from '../../../geodata/patrols/site-types.ts'
import { useTexts } from '../../ui/i18n.ts'

interface WeightFieldsProps {
  params: PatrolParams
  put(next: Partial<PatrolParams>): void
}

/** What a site and a hazard weigh, and how long a hazard may go unseen. */
export function WeightFields({ params, put }: WeightFieldsProps) {
  const { t } = useTexts()
  const { siteWeights, severityWeights, hazardHours } = params
  const field = (label: string, value: number, least: number, most: number, keep: (next: number) => void) => (
    <NumberInput
      key={label}
      size="xs"
      label={label}
      value={value}
      min={least}
      max={most}
      step={1}
      clampBehavior="strict"
      allowNegative={false}
      onChange={(next) => typeof next === 'number' && next >= least && keep(next)}
    />
  )
  return (
    <details className="gw-patrol-weights">
      <summary>{t('patrolCover.weights')}</summary>
      <p className="gw-hint">{t('patrolCover.weightsHint')}</p>
      <div className="gw-patrol-numbers">
        {RISKS.map((risk) =>
          field(
            t('patrolCover.siteWeight', { risk: t(`patrolCover.risks.${risk}`) }),
            siteWeights[risk],
            0,
            100,
            (next) => put({ siteWeights: { ...siteWeights, [risk]: next } }),
          ),
        )}
        {SEVERITIES.map((severity) =>
          field(
            t('patrolCover.severityWeight', { severity: t(`patrolCover.severities.${severity}`) }),
            severityWeights[severity],
            0,
            100,
            (next) => put({ severityWeights: { ...severityWeights, [severity]: next } }),
          ),
        )}
        {SEVERITIES.map((severity) =>
          field(
            t('patrolCover.hazardHours', { severity: t(`patrolCover.severities.${severity}`) }),
            hazardHours[severity],
            0.1,
            8760,
            (next) => put({ hazardHours: { ...hazardHours, [severity]: next } }),
          ),
        )}
      </div>
    </details>
  )
}
