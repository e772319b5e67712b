import { Button } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Checklist } from '../../../geodata/campaigns/checklist.schema.ts'
import { PREMISES_KINDS, type PremisesEntry } from '../../../geodata/campaigns/premises.schema.ts'
import { getPremises, listChecklists } from '../../api/campaigns.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay } from '../../ui/session.ts'
import { BackLink } from '../back-link.tsx'
import { useItems } from '../use-items.ts'
import { itemNamed, listed } from '../words.ts'
import { PremisesActions } from './premises-actions.tsx'

interface PremisesViewProps {
  id: number
  backLabel: string
  onBack(): void
  select(at: string | undefined): void
}

/** One of the premises: how it stands, what can be done, and every step so far. */
export function PremisesView({ id, backLabel, onBack, select }: PremisesViewProps) {
  const { t, lang } = useTexts()
  const may = useMay('verify')
  const found = useQuery({ queryKey: ['premises', 'one', id], queryFn: () => getPremises(id) })
  const lists = useQuery({ queryKey: ['checklists'], queryFn: listChecklists })
  const back = <BackLink label={backLabel} onClick={onBack} />
  if (!found.data || !lists.data)
    return (
      <>
        {back}
        <LoadState error={found.error ?? lists.error} onRetry={() => void found.refetch()} />
      </>
    )
  const { premises, entries } = found.data
  const { name, kind, trade, state, filedOn, checkedOn, closedOn, nextCheckOn, overdue, openFindings } =
    premises
  const { buildingCode, buildingName, building } = premises
  return (
    <>
      {back}
      <h3 className="gw-campaign-title">{name}</h3>
      <FactList
        facts={[
          { label: t('premises.state'), value: t(`premises.states.${state}`) },
          { label: t('premises.kind'), value: PREMISES_KINDS[kind][lang] },
          { label: t('premises.trade'), value: trade ?? '—' },
          { label: t('premises.filedOn'), value: filedOn },
          { label: t('premises.checkedOn'), value: checkedOn ?? '—' },
          ...(state === 'closed'
            ? [{ label: t('premises.closedOn'), value: closedOn ?? '—' }]
            : [
                {
                  label: t('premises.nextCheck'),
                  value: overdue ? t('premises.overdueSince', { day: nextCheckOn }) : (nextCheckOn ?? '—'),
                  ...(overdue ? { tone: 'critical' as const } : {}),
                },
              ]),
          { label: t('premises.openFindings'), value: String(openFindings) },
        ]}
      />
      <Button
        className="gw-campaign-back"
        size="compact-sm"
        variant="default"
        leftSection={<IconMapPin size={16} aria-hidden="true" />}
        onClick={() => select(buildingCode ?? `buildings/${building}`)}
      >
        {buildingName ?? buildingCode ?? t('campaigns.onMap')}
      </Button>
      {may && <PremisesActions premises={premises} checklists={lists.data} />}
      <h3>{t('premises.history')}</h3>
      <ol className="gw-campaign-list">
        {entries.map((entry) => (
          <Step key={entry.seq} entry={entry} checklists={lists.data} />
        ))}
      </ol>
    </>
  )
}

function Step({ entry, checklists }: { entry: PremisesEntry; checklists: readonly Checklist[] }) {
  const { t, lang } = useTexts()
  const list = useItems(checklists, entry.checklistId, entry.checklistVersion)
  const findings = entry.findings.map(({ code, fixed, note }) =>
    [itemNamed(list?.findings, code, lang), fixed && t('campaigns.fixed'), note].filter(Boolean).join(' · '),
  )
  const measures = entry.measures.map((code) => itemNamed(list?.measures, code, lang))
  return (
    <li className="gw-visit-past" data-testid="premises-entry">
      <b>
        {t(`premises.actions.${entry.action}`)} {entry.on}
      </b>
      {findings.length > 0 && <span>{listed(findings, lang)}</span>}
      {measures.length > 0 && <span>{t('campaigns.did', { measures: listed(measures, lang) })}</span>}
      {entry.note && <span>{entry.note}</span>}
      <small>
        {formatTime(entry.at)} · {entry.actor}
      </small>
    </li>
  )
}
