import './duty.css'
import { MultiSelect, SegmentedControl, Select, Switch, TagsInput } from '@mantine/core'
import { DUTY_ROLES } from '../../../geodata/duties/duty.schema.ts'
import {
  CHECKED_ROLES,
  type CheckedRole,
  type DutyParams,
  dutyParamsSchema,
  EXAMPLE_LIMITS,
  MAX_HOLDERS,
} from '../../../geodata/duties/duty-analysis.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisFormProps } from '../analysis-view.ts'
import { WholeField } from '../whole-field.tsx'

const isRole = (text: string): text is CheckedRole => (CHECKED_ROLES as readonly string[]).includes(text)

/** Which duties are checked, and which is to be handed out. */
export default function DutyForm({ params: given, setParams }: AnalysisFormProps) {
  const { t, lang } = useTexts()
  const params = readParams(given)
  const { assign } = params
  const put = (next: Partial<DutyParams>) => setParams({ ...params, ...next })
  const choices = CHECKED_ROLES.map((role) => ({ value: role, label: DUTY_ROLES[role][lang] }))
  const hasBuildings = [...params.roles, assign?.role].some(
    (role) => role === 'building-leader' || role === 'second-leader',
  )
  return (
    <div className="gw-form" data-testid="duty-form">
      <MultiSelect
        size="xs"
        label={t('dutyView.roles')}
        value={params.roles}
        onChange={(next) => put({ roles: next.filter(isRole) })}
        data={choices}
        error={params.roles.length === 0 ? t('dutyView.chooseRole') : undefined}
        data-testid="duty-roles"
      />
      {hasBuildings && (
        <Choice
          label={t('dutyView.buildings')}
          value={params.buildings}
          onChange={(buildings) => put({ buildings })}
          data={(['inhabited', 'all'] as const).map((value) => ({
            value,
            label: t(`dutyView.buildingsKinds.${value}`),
          }))}
        />
      )}
      <Switch
        label={t('dutyView.assign')}
        description={t('dutyView.assignHint')}
        checked={assign !== null}
        onChange={(event) =>
          put({ assign: event.currentTarget.checked ? assignOf('building-leader') : null })
        }
        data-testid="duty-assign"
      />
      {assign && (
        <>
          <Select
            size="xs"
            label={t('dutyView.assignRole')}
            allowDeselect={false}
            value={assign.role}
            onChange={(next) => next && isRole(next) && put({ assign: { ...assign, ...assignOf(next) } })}
            data={choices}
            data-testid="duty-assign-role"
          />
          <Choice
            label={t('dutyView.what')}
            value={assign.what}
            onChange={(what) => put({ assign: { ...assign, what } })}
            data={(['gaps', 'all'] as const).map((value) => ({ value, label: t(`dutyView.whats.${value}`) }))}
          />
          <div className="gw-pair">
            <WholeField
              label={t('dutyView.maxTargets')}
              value={assign.maxTargets}
              least={1}
              most={500}
              onChange={(next) => next && put({ assign: { ...assign, maxTargets: next } })}
              testId="duty-max-targets"
            />
            <WholeField
              label={t('dutyView.maxHouseholds')}
              value={assign.maxHouseholds}
              least={1}
              most={100_000}
              none={t('dutyView.noLimit')}
              onChange={(next) => put({ assign: { ...assign, maxHouseholds: next } })}
            />
          </div>
          <p className="gw-hint">{t('dutyView.examples')}</p>
          <Choice
            label={t('dutyView.prefer')}
            value={assign.prefer}
            onChange={(prefer) => put({ assign: { ...assign, prefer } })}
            data={(['near', 'even'] as const).map((value) => ({
              value,
              label: t(`dutyView.prefers.${value}`),
            }))}
          />
          {assign.what === 'all' && (
            <WholeField
              label={t('dutyView.changeMetres')}
              value={assign.changeMetres}
              least={0}
              most={20_000}
              onChange={(next) => next !== null && put({ assign: { ...assign, changeMetres: next } })}
            />
          )}
          <TagsInput
            size="xs"
            label={t('dutyView.people')}
            description={t('dutyView.peopleHint')}
            value={assign.people}
            maxTags={MAX_HOLDERS}
            onChange={(next) =>
              put({
                assign: {
                  ...assign,
                  people: next.map((name) => name.trim().slice(0, 60)).filter((name) => name !== ''),
                },
              })
            }
            data-testid="duty-people"
          />
        </>
      )}
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  onChange(next: Value): void
  data: { value: Value; label: string }[]
}

function Choice<Value extends string>({ label, value, onChange, data }: ChoiceProps<Value>) {
  return (
    <div className="gw-choice">
      <span aria-hidden="true">{label}</span>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={label}
        value={value}
        onChange={onChange}
        data={data}
      />
    </div>
  )
}

function assignOf(role: CheckedRole): NonNullable<DutyParams['assign']> {
  const { targets, households } = EXAMPLE_LIMITS[role]
  return dutyParamsSchema.shape.assign.parse({
    role,
    maxTargets: targets,
    maxHouseholds: households,
  }) as NonNullable<DutyParams['assign']>
}

function readParams(given: Record<string, unknown>): DutyParams {
  // No role at all is on its way to another choice.
  const isEmpty = Array.isArray(given.roles) && given.roles.length === 0
  const read = dutyParamsSchema.safeParse(isEmpty ? { ...given, roles: [CHECKED_ROLES[0]] } : given)
  const params = read.success ? read.data : dutyParamsSchema.parse({})
  return isEmpty ? { ...params, roles: [] } : params
}
