import './settings.css'
import { ActionIcon, Button, NativeSelect, NumberInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Workflow } from '../../../geodata/hazards/case.schema.ts'
import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import { SEVERITIES } from '../../../geodata/hazards/hazard.schema.ts'
import { LIMIT_KIND_NAMES, LIMIT_KINDS } from '../../../geodata/hazards/limits.ts'
import { CLOCK_NAMES } from '../../../geodata/hazards/workflow.ts'
import { getWorkflow, type LimitInput, putLimits, WORKFLOW_KEY } from '../../api/cases.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { newUuid } from '../../ui/new-uuid.ts'
import { useMay, useOwnArea } from '../../ui/session.ts'
import { labelsOf } from '../labels.ts'
import { texts as caseTexts } from '../texts.ts'
import { countChanges, faultOf, type LimitDraft, toLimits } from './limit-rows.ts'
import { RemindersForm } from './reminders-form.tsx'
import { SaveBar } from './save-bar.tsx'
import { texts } from './texts.ts'
import { useSaving } from './use-saving.ts'

addTexts(caseTexts)
addTexts(texts)

const MOST = 8760
const pick = <T extends string>(list: readonly T[], wanted: string): T | undefined =>
  list.find((each) => each === wanted)
const toDrafts = (limits: readonly LimitInput[]): LimitDraft[] =>
  limits.map((limit, index) => ({ ...limit, id: `stored ${index}` }))

/** How long each step may take, by category and severity, and when somebody is told of it. */
export default function LimitsSection() {
  const workflow = useQuery({ queryKey: WORKFLOW_KEY, queryFn: getWorkflow, staleTime: Infinity })
  return (
    <div className="gw-admin-text" data-testid="limits-section">
      {workflow.data ? (
        <Limits workflow={workflow.data} />
      ) : (
        <LoadState error={workflow.error} onRetry={() => void workflow.refetch()} />
      )}
    </div>
  )
}

function Limits({ workflow }: { workflow: Workflow }) {
  const { t, lang, enums } = useTexts()
  const queries = useQueryClient()
  const { version, limits, example } = workflow.limits
  const everywhere = useOwnArea() === undefined
  const may = useMay('configure') && everywhere
  const labels = labelsOf(workflow, lang)
  // undefined: as it is stored, whoever stored it.
  const [entered, setRows] = useState<LimitDraft[]>()
  const rows = useMemo(() => entered ?? toDrafts(limits), [entered, limits])
  const saving = useSaving<readonly LimitInput[]>({
    put: putLimits,
    refresh: () => queries.invalidateQueries({ queryKey: WORKFLOW_KEY }),
    onSaved: () => setRows(undefined),
    said: t('caseSettings.limitsSaved'),
  })
  const change = (id: string, part: Partial<LimitDraft>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  const fault = faultOf(rows)
  const ofAll = { value: '', label: t('caseSettings.all') }
  return (
    <>
      <p className="gw-hint">{t('caseSettings.limitsLead')}</p>
      {example && <p className="gw-hint">{t('caseSettings.limitsExample')}</p>}
      {!may && <p className="gw-hint">{t('caseSettings.mayNot')}</p>}
      <div className="gw-settings-scroll">
        <table className="gw-table gw-limits">
          <caption className="gw-unseen">{t('section.limits')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('caseSettings.clock')}</th>
              <th scope="col">{t('facts.category')}</th>
              <th scope="col">{t('facts.severity')}</th>
              <th scope="col">{t('caseSettings.amount')}</th>
              <th scope="col">{t('caseSettings.kind')}</th>
              {may && (
                <th scope="col">
                  <span className="gw-unseen">{t('caseSettings.remove')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => {
              const of = (field: string) => t('caseSettings.inRow', { field, row: index + 1 })
              return (
                <tr key={row.id} data-wrong={fault?.id === row.id || undefined} data-testid="limit-row">
                  <td>
                    <NativeSelect
                      size="xs"
                      disabled={!may}
                      aria-label={of(t('caseSettings.clock'))}
                      value={row.clock}
                      onChange={(event) =>
                        change(row.id, { clock: pick(CLOCK_NAMES, event.currentTarget.value) ?? row.clock })
                      }
                      data={CLOCK_NAMES.map((clock) => ({ value: clock, label: labels.clock(clock) }))}
                    />
                  </td>
                  <td>
                    <CategorySelect
                      row={row}
                      disabled={!may}
                      label={of(t('facts.category'))}
                      onChange={(category) => change(row.id, { category })}
                    />
                  </td>
                  <td>
                    <NativeSelect
                      size="xs"
                      disabled={!may}
                      aria-label={of(t('facts.severity'))}
                      value={row.severity ?? ''}
                      onChange={(event) =>
                        change(row.id, { severity: pick(SEVERITIES, event.currentTarget.value) ?? null })
                      }
                      data={[
                        ofAll,
                        ...SEVERITIES.map((each) => ({ value: each, label: enums('severity', each) })),
                      ]}
                    />
                  </td>
                  <td>
                    <NumberInput
                      size="xs"
                      disabled={!may}
                      aria-label={of(t('caseSettings.amount'))}
                      min={0}
                      max={MOST}
                      hideControls
                      value={row.amount}
                      onChange={(next) => change(row.id, { amount: typeof next === 'number' ? next : '' })}
                    />
                  </td>
                  <td>
                    <NativeSelect
                      size="xs"
                      disabled={!may}
                      aria-label={of(t('caseSettings.kind'))}
                      value={row.kind}
                      onChange={(event) =>
                        change(row.id, {
                          kind: pick(LIMIT_KIND_NAMES, event.currentTarget.value) ?? row.kind,
                        })
                      }
                      data={LIMIT_KIND_NAMES.map((kind) => ({ value: kind, label: LIMIT_KINDS[kind][lang] }))}
                    />
                  </td>
                  {may && (
                    <td>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size={28}
                        aria-label={of(t('caseSettings.remove'))}
                        onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {may && (
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => setRows([...rows, newRow()])}
            data-testid="limit-add"
          >
            {t('caseSettings.addLimit')}
          </Button>
          <SaveBar
            count={countChanges(limits, rows)}
            wrong={
              fault &&
              t(`caseSettings.fault.${fault.fault}`, { row: rows.findIndex(({ id }) => id === fault.id) + 1 })
            }
            saving={saving}
            onSave={() => saving.mutate({ version, body: toLimits(rows), before: limits })}
            onDiscard={() => {
              setRows(undefined)
              saving.reset()
            }}
          />
        </>
      )}
      <RemindersForm workflow={workflow} may={may} />
    </>
  )
}

const newRow = (): LimitDraft => ({
  id: newUuid(),
  clock: 'handle',
  category: null,
  severity: null,
  kind: 'working-days',
  amount: '',
})

interface CategorySelectProps {
  row: LimitDraft
  disabled: boolean
  label: string
  onChange(category: LimitInput['category']): void
}

/** A category of the catalogue; one that the catalogue does not know is shown and kept. */
function CategorySelect({ row: { category }, disabled, label, onChange }: CategorySelectProps) {
  const { t, lang } = useTexts()
  const known = HAZARD_CATEGORIES.find(
    (each) =>
      each.standard === category?.standard && each.kind === category.kind && each.code === category.code,
  )
  return (
    <NativeSelect
      size="xs"
      disabled={disabled}
      aria-label={label}
      value={category?.code ?? ''}
      onChange={(event) => {
        const chosen = HAZARD_CATEGORIES.find(({ code }) => code === event.currentTarget.value)
        onChange(chosen ? { standard: chosen.standard, kind: chosen.kind, code: chosen.code } : null)
      }}
      data={[
        { value: '', label: t('caseSettings.all') },
        ...(category && !known ? [{ value: category.code, label: category.code }] : []),
        ...HAZARD_CATEGORIES.map((each) => ({ value: each.code, label: `${each.code} ${each[lang]}` })),
      ]}
    />
  )
}
