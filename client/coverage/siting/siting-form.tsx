import './siting.css'
import { NumberInput, Select } from '@mantine/core'
import { FACILITY_KINDS, type FacilityKind } from '../../../geodata/facilities/facility.schema.ts'
import { SITING_AIMS, SITING_WEIGHTS } from '../../../geodata/siting/siting-choices.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisFormProps } from '../analysis-view.ts'
import { CandidateFields } from './candidate-fields.tsx'
import { LimitFields } from './limit-fields.tsx'
import { askFor, readParams } from './read-params.ts'

/** What is asked, in plain words: what for, of what kind, how many, and where it may stand. */
export default function SitingForm({ params: given, setParams, map, scheme }: AnalysisFormProps) {
  const { t, lang } = useTexts()
  const params = readParams(given)
  const put = (more: Partial<typeof params>) => setParams({ ...params, ...more })
  return (
    <div className="gw-form" data-testid="siting-form">
      <Select
        label={t('siting.aim')}
        allowDeselect={false}
        value={params.aim}
        onChange={(next) =>
          next && setParams(askFor(params, SITING_AIMS.find((aim) => aim === next) ?? params.aim))
        }
        data={SITING_AIMS.map((value) => ({ value, label: t(`siting.aims.${value}`) }))}
        data-testid="siting-aim"
      />
      <div className="gw-pair">
        <Select
          label={t('siting.kind')}
          searchable
          allowDeselect={false}
          value={params.kinds[0] ?? null}
          onChange={(next) => next && put({ kinds: [next as FacilityKind] })}
          data={Object.entries(FACILITY_KINDS).map(([value, names]) => ({ value, label: names[lang] }))}
          data-testid="siting-kind"
        />
        <NumberInput
          label={t('siting.walk')}
          suffix={t('siting.metresUnit')}
          min={20}
          max={5000}
          step={50}
          clampBehavior="blur"
          allowDecimal={false}
          value={params.walkMetres}
          onChange={(next) =>
            typeof next === 'number' && next >= 20 && next <= 5000 && put({ walkMetres: next })
          }
          data-testid="siting-walk"
        />
      </div>
      <LimitFields params={params} setParams={setParams} />
      <Select
        label={t('siting.weights')}
        allowDeselect={false}
        value={params.weights}
        onChange={(next) => put({ weights: SITING_WEIGHTS.find((known) => known === next) ?? 'households' })}
        data={SITING_WEIGHTS.map((value) => ({ value, label: t(`siting.weightsOf.${value}`) }))}
        data-testid="siting-weights"
      />
      <CandidateFields params={params} put={put} map={map} scheme={scheme} />
    </div>
  )
}
