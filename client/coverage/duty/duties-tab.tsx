import './duty.css'
import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  DUTY_LAYERS,
  DUTY_ROLE_NAMES,
  DUTY_ROLES,
  type Duty,
  type DutyChanges,
  type DutyLayer,
  isDutyOf,
} from '../../../geodata/duties/duty.schema.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import type { StoredFeature } from '../../../geodata/shared/feature.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { getDutiesOf, saveDuties } from '../../api/duties.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay } from '../../ui/session.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { DutyFields, type DutyValues } from './duty-fields.tsx'
import { DutyRow } from './duty-row.tsx'
import { texts } from './texts.ts'

addTexts(texts)

/** Duties that everything of a layer has, so that their lack is worth saying. */
const EXPECTED: Partial<Record<DutyLayer, readonly (typeof DUTY_ROLE_NAMES)[number][]>> = {
  grids: ['grid-head'],
  'micro-grids': ['micro-grid-head', 'area-staff'],
  buildings: ['building-leader', 'second-leader'],
  checkpoints: ['post-keeper'],
}

interface DutiesTabProps {
  layer: LayerId
  feature: StoredFeature
  onSelect(at: string | undefined): void
}

/** Who looks after what is selected, and after the cells around it; and who is to. */
export default function DutiesTab({ layer, feature, onSelect }: DutiesTabProps) {
  const { t } = useTexts()
  const of = DUTY_LAYERS.find((known) => known === layer)
  if (!of) return <p className="gw-hint">{t('duties.noSuchLayer')}</p>
  return <Duties layer={of} id={feature.id} onSelect={onSelect} />
}

function Duties({
  layer,
  id,
  onSelect,
}: { layer: DutyLayer; id: number } & Pick<DutiesTabProps, 'onSelect'>) {
  const { t, lang } = useTexts()
  const mayEdit = useMay('edit')
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const key = ['duties', layer, id]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => getDutiesOf(layer, id, signal) })

  async function save(changes: DutyChanges, done: string) {
    try {
      const { undo } = await saveDuties(changes)
      setAdding(false)
      toastDone(done, {
        undo: async () => {
          await saveDuties(undo)
          await queries.invalidateQueries({ queryKey: ['duties'] })
        },
      })
    } catch (error) {
      toastFailed(error)
    } finally {
      await queries.invalidateQueries({ queryKey: ['duties'] })
    }
  }
  const put = (duty: Duty | undefined, values: DutyValues) =>
    save(
      {
        puts: [{ id: duty?.id ?? null, version: duty?.version ?? null, layer, feature: id, ...values }],
        deletes: [],
      },
      t('duties.saved', { holder: values.holder }),
    )

  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  const own = found.data.filter((duty) => duty.layer === layer && duty.feature === id)
  const around = found.data.filter((duty) => !own.includes(duty))
  const roles = DUTY_ROLE_NAMES.filter((role) => isDutyOf(role, layer))
  const held = new Set(found.data.filter(({ current }) => current).map(({ role }) => role))
  const missing = (EXPECTED[layer] ?? []).filter((role) => !held.has(role))
  return (
    <div className="gw-duties" data-testid="duties-tab">
      {missing.map((role) => (
        <p key={role} className="gw-duty-missing">
          {t('duties.missing', { role: DUTY_ROLES[role][lang] })}
        </p>
      ))}
      {own.length > 0 && (
        <ul className="gw-duty-list">
          {own.map((duty) => (
            <DutyRow
              key={duty.id}
              duty={duty}
              roles={roles}
              mayEdit={mayEdit}
              onPut={(values) => put(duty, values)}
              onDelete={() =>
                save(
                  { puts: [], deletes: [{ id: duty.id, version: duty.version }] },
                  t('duties.removed', { holder: duty.holder }),
                )
              }
            />
          ))}
        </ul>
      )}
      {own.length === 0 && missing.length === 0 && <p className="gw-hint">{t('duties.none')}</p>}
      {mayEdit &&
        (adding ? (
          <DutyFields
            roles={roles}
            initial={{ role: missing[0] ?? roles[0]!, holder: '', since: null, until: null, note: null }}
            onSave={(values) => put(undefined, values)}
            onCancel={() => setAdding(false)}
          />
        ) : (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconUserPlus size={16} aria-hidden="true" />}
            onClick={() => setAdding(true)}
            data-testid="duty-add"
          >
            {t('duties.add')}
          </Button>
        ))}
      {around.length > 0 && (
        <section aria-label={t('duties.around')}>
          <h3>{t('duties.around')}</h3>
          <dl className="gw-facts">
            {around
              .filter(({ current }) => current)
              .map(({ id: number, role, holder, layer: of, code, name }) => (
                <div key={number}>
                  <dt>{DUTY_ROLES[role][lang]}</dt>
                  <dd>
                    {holder}
                    <button type="button" className="gw-link" onClick={() => code && onSelect(code)}>
                      {name ?? code ?? LAYERS[of].noun[lang]}
                    </button>
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      )}
    </div>
  )
}
