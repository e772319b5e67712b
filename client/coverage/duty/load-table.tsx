import { useQuery } from '@tanstack/react-query'
import type { DutyRole } from '../../../geodata/duties/duty.schema.ts'
import type { DutyLoad } from '../../../geodata/duties/duty-analysis.schema.ts'
import { listDutiesOfHolder } from '../../api/duties.ts'
import { CellTable } from '../../ui/cell-table.tsx'
import { formatCount, formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'

interface LoadTableProps {
  caption: string
  role: DutyRole
  loads: readonly DutyLoad[]
  /** How many people there are; the table may have the first of them. */
  all: number
  /** Whose things the map shows alone. */
  holder: string | undefined
  onHolder(next: string | undefined): void
  select(at: string | undefined): void
}

/** How much each holds; one of them is chosen to be seen alone, on the map and thing by thing. */
export function LoadTable({ caption, role, loads, all, holder, onHolder, select }: LoadTableProps) {
  const { t, lang } = useTexts()
  return (
    <section aria-label={caption}>
      <h3>{caption}</h3>
      <CellTable
        caption={caption}
        nameLabel={t('dutyView.holder')}
        rows={loads.map((load) => ({ ...load, code: load.holder, name: load.holder }))}
        columns={[
          { id: 'targets', label: t('dutyView.number'), show: (row) => formatCount(row.targets) },
          {
            id: 'households',
            label: t('dutyView.households'),
            show: ({ households, isOver }) =>
              isOver ? (
                <b data-tone="critical">
                  {formatCount(households)} <small>{t('dutyView.over')}</small>
                </b>
              ) : (
                formatCount(households)
              ),
          },
          {
            id: 'spread',
            label: t('dutyView.spread'),
            show: ({ spreadMetres }) => (spreadMetres === null ? '—' : formatMetres(spreadMetres, lang)),
          },
        ]}
        onSelect={(row) => onHolder(row.holder === holder ? undefined : row.holder)}
        empty={t('dutyView.nobody')}
      />
      {all > loads.length && <p className="gw-hint">{t('dutyView.loadsCut', { count: loads.length })}</p>}
      {holder !== undefined && <Held role={role} holder={holder} select={select} onClose={onHolder} />}
    </section>
  )
}

interface HeldProps extends Pick<LoadTableProps, 'role' | 'select'> {
  holder: string
  onClose(next: undefined): void
}

function Held({ role, holder, select, onClose }: HeldProps) {
  const { t } = useTexts()
  const held = useQuery({
    queryKey: ['duties', 'held', role, holder],
    queryFn: () => listDutiesOfHolder(role, holder),
  })
  return (
    <section className="gw-duty-held" aria-label={t('dutyView.heldBy', { holder })} aria-live="polite">
      <header>
        <b>{t('dutyView.heldBy', { holder })}</b>
        <button type="button" className="gw-link" onClick={() => onClose(undefined)}>
          {t('dutyView.showAll')}
        </button>
      </header>
      <ul>
        {(held.data ?? []).map(({ id, layer, feature, code, name }) => (
          <li key={id}>
            <button type="button" className="gw-link" onClick={() => select(code ?? `${layer}/${feature}`)}>
              {name ?? code ?? feature}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
