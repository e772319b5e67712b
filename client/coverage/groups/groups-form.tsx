import './groups.css'
import { MultiSelect, SegmentedControl, TextInput } from '@mantine/core'
import { type GroupsParams, groupsParamsSchema } from '../../../geodata/duties/groups.schema.ts'
import { FACILITY_KINDS, type FacilityKind } from '../../../geodata/facilities/facility.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisFormProps } from '../analysis-view.ts'
import { WholeField } from '../whole-field.tsx'
import { areInOrder } from './are-in-order.ts'

const KINDS = Object.keys(FACILITY_KINDS) as FacilityKind[]

/** Which premises, and how large the groups are to be. */
export default function GroupsForm({ params: given, setParams }: AnalysisFormProps) {
  const { t, lang } = useTexts()
  const params = readParams(given)
  const put = (next: Partial<GroupsParams>) => setParams({ ...params, ...next })
  const wrong = areInOrder(params) ? undefined : t('groupsView.sizesWrong')
  const size = (name: 'least' | 'wanted' | 'most') => (
    <WholeField
      label={t(`groupsView.${name}`)}
      value={params[name]}
      least={1}
      most={50}
      error={name === 'wanted' ? wrong : undefined}
      onChange={(next) => next && put({ [name]: next })}
      testId={`groups-${name}`}
    />
  )
  return (
    <div className="gw-form" data-testid="groups-form">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('groupsView.premises')}
        value={params.premises}
        onChange={(premises) => put({ premises })}
        data={(['buildings', 'facilities'] as const).map((value) => ({
          value,
          label: t(`groupsView.premisesKinds.${value}`),
        }))}
      />
      {params.premises === 'facilities' && (
        <MultiSelect
          size="xs"
          label={t('groupsView.kinds')}
          searchable
          value={params.kinds}
          onChange={(next) => {
            const kinds = KINDS.filter((kind) => next.includes(kind))
            if (kinds.length > 0) put({ kinds })
          }}
          data={KINDS.map((value) => ({ value, label: FACILITY_KINDS[value][lang] }))}
        />
      )}
      <div className="gw-three">
        {size('least')}
        {size('wanted')}
        {size('most')}
      </div>
      <div className="gw-pair">
        <WholeField
          label={t('groupsView.frontMetres')}
          value={params.frontMetres}
          least={1}
          most={200}
          onChange={(next) => next && put({ frontMetres: next })}
        />
        <WholeField
          label={t('groupsView.gapMetres')}
          value={params.gapMetres}
          least={10}
          most={2000}
          onChange={(next) => next && put({ gapMetres: next })}
        />
      </div>
      <TextInput
        size="xs"
        label={t('groupsView.label')}
        maxLength={50}
        value={params.label}
        onChange={(event) => put({ label: event.currentTarget.value })}
        onBlur={() => params.label.trim() === '' && put({ label: groupsParamsSchema.parse({}).label })}
      />
    </div>
  )
}

/** Sizes and names that are on their way to others are kept as they are. */
function readParams(given: Record<string, unknown>): GroupsParams {
  const usual = groupsParamsSchema.parse({})
  const { least, wanted, most, label } = { ...usual, ...given }
  const read = groupsParamsSchema.safeParse({ ...given, ...SIZES, label: usual.label })
  return { ...(read.success ? read.data : usual), least, wanted, most, label }
}
const SIZES = { least: 1, wanted: 1, most: 1 }
