import './facility.css'
import { Checkbox, Chip, MultiSelect, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { CATCHMENT_WEIGHTS } from '../../../geodata/coverage/facility/catchments.ts'
import { MOST_BANDS } from '../../../geodata/coverage/facility/facility.schema.ts'
import {
  FACILITY_KINDS,
  FACILITY_STATUSES,
  type FacilityKind,
} from '../../../geodata/facilities/facility.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisFormProps } from '../analysis-view.ts'
import { WholeField } from '../whole-field.tsx'
import { changeUnit, PRESETS, readParams } from './read-params.ts'

/** Whom the question is about and how far one walks; what is seldom changed stands folded below. */
export default function FacilityForm({ params: given, setParams }: AnalysisFormProps) {
  const { t, lang, enums } = useTexts()
  // An empty choice of kinds is kept, so that the last can be taken away before another is put.
  const isEmpty = Array.isArray(given.kinds) && given.kinds.length === 0
  const params = readParams(isEmpty ? { ...given, kinds: ['aed'] } : given)
  const put = (more: Partial<typeof params>) =>
    setParams({ ...params, ...(isEmpty ? { kinds: [] } : {}), ...more })
  const { unit, walk, bands } = params
  const presets: readonly number[] = PRESETS[unit]
  return (
    <div className="gw-form" data-testid="facility-form">
      <MultiSelect
        label={t('facilityCover.kinds')}
        placeholder={isEmpty ? t('facilityCover.kindsNone') : undefined}
        searchable
        value={isEmpty ? [] : params.kinds}
        onChange={(kinds) => put({ kinds: kinds as FacilityKind[] })}
        data={Object.entries(FACILITY_KINDS).map(([value, names]) => ({ value, label: names[lang] }))}
        data-testid="facility-kinds"
      />
      <fieldset className="gw-facility-walk">
        <legend>{t('facilityCover.walk')}</legend>
        <div className="gw-pair">
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('facilityCover.unit')}
            value={unit}
            onChange={(next) =>
              setParams({ ...changeUnit(params, next === 'minutes' ? 'minutes' : 'metres') })
            }
            data={[
              { value: 'metres', label: t('facilityCover.metres') },
              { value: 'minutes', label: t('facilityCover.minutes') },
            ]}
            data-testid="facility-unit"
          />
          <NumberInput
            size="xs"
            aria-label={t('facilityCover.walk')}
            min={1}
            max={unit === 'minutes' ? Math.floor(5000 / params.metresPerMinute) : 5000}
            clampBehavior="blur"
            allowDecimal={false}
            allowNegative={false}
            value={walk}
            onChange={(next) => typeof next === 'number' && next >= 1 && next <= 5000 && put({ walk: next })}
            data-testid="facility-walk"
          />
        </div>
        <Chip.Group
          value={String(walk)}
          onChange={(next) =>
            typeof next === 'string' &&
            put({ walk: Number(next), bands: bands.filter((band) => band !== Number(next)) })
          }
        >
          <div className="gw-facility-chips">
            {presets.map((preset) => (
              <Chip key={preset} size="xs" value={String(preset)}>
                {preset}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        <p className="gw-hint">{t('facilityCover.circles')}</p>
        {unit === 'minutes' && (
          <WholeField
            label={t('facilityCover.speed')}
            value={params.metresPerMinute}
            least={10}
            most={400}
            onChange={(next) => next !== null && put({ metresPerMinute: next })}
          />
        )}
      </fieldset>
      <TextInput
        type="date"
        label={t('facilityCover.asOf')}
        description={t('facilityCover.asOfHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={params.asOf ?? ''}
        onChange={(event) => put({ asOf: event.currentTarget.value || null })}
        data-testid="facility-as-of"
      />
      <Checkbox
        label={t('facilityCover.compareStraight')}
        checked={params.compareStraight}
        onChange={(event) => put({ compareStraight: event.currentTarget.checked })}
      />
      <details className="gw-facility-more">
        <summary>{t('facilityCover.more')}</summary>
        <div className="gw-form">
          <MultiSelect
            size="xs"
            label={t('facilityCover.statuses')}
            value={params.statuses}
            onChange={(next) =>
              next.length > 0 &&
              put({ statuses: FACILITY_STATUSES.filter((status) => next.includes(status)) })
            }
            data={FACILITY_STATUSES.map((value) => ({ value, label: enums('status', value) }))}
          />
          <Chip.Group
            multiple
            value={bands.map(String)}
            onChange={(next) => put({ bands: next.slice(0, MOST_BANDS).map(Number) })}
          >
            <fieldset className="gw-facility-chips">
              <legend>{t('facilityCover.bands')}</legend>
              {presets
                .filter((preset) => preset !== walk)
                .map((preset) => (
                  <Chip key={preset} size="xs" value={String(preset)}>
                    {preset}
                  </Chip>
                ))}
            </fieldset>
          </Chip.Group>
          <WholeField
            label={t('facilityCover.access')}
            value={params.accessMetres}
            least={5}
            most={500}
            onChange={(next) => next !== null && put({ accessMetres: next })}
          />
          <WholeField
            label={t('facilityCover.leastGap')}
            value={params.leastGapSquareMetres}
            least={0}
            most={1_000_000}
            onChange={(next) => next !== null && put({ leastGapSquareMetres: next })}
          />
          <div className="gw-pair">
            <Select
              size="xs"
              label={t('facilityCover.demand')}
              allowDeselect={false}
              value={params.demand}
              onChange={(next) => put({ demand: next === 'population' ? 'population' : 'households' })}
              data={[
                { value: 'households', label: t('facilityCover.households') },
                { value: 'population', label: t('facilityCover.population') },
              ]}
            />
            <Select
              size="xs"
              label={t('facilityCover.weights')}
              allowDeselect={false}
              value={params.weights}
              onChange={(next) =>
                put({ weights: CATCHMENT_WEIGHTS.find((one) => one === next) ?? 'gaussian' })
              }
              data={CATCHMENT_WEIGHTS.map((value) => ({
                value,
                label: t(`facilityCover.weightsBy.${value}`),
              }))}
            />
          </div>
        </div>
      </details>
    </div>
  )
}
