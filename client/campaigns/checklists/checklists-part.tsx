import { Button, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Checklist } from '../../../geodata/campaigns/checklist.schema.ts'
import { listChecklists } from '../../api/campaigns.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay, useOwnArea } from '../../ui/session.ts'
import { itemText, listed } from '../words.ts'
import { ChecklistForm } from './checklist-form.tsx'
import { NormsForm } from './norms-form.tsx'

/** What visits and checks go by, and the norms; to be changed by those who manage campaigns everywhere. */
export function ChecklistsPart() {
  const { t } = useTexts()
  const may = useMay('campaign')
  const isEverywhere = useOwnArea() === undefined
  const [editing, setEditing] = useState<Checklist | 'new'>()
  const found = useQuery({ queryKey: ['checklists'], queryFn: listChecklists })
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  if (editing)
    return (
      <ChecklistForm
        checklist={editing === 'new' ? undefined : editing}
        onDone={() => setEditing(undefined)}
      />
    )
  return (
    <>
      <p className="gw-hint">{t('checklists.lead')}</p>
      {found.data.map((checklist) => (
        <One
          key={checklist.id}
          checklist={checklist}
          {...(may && isEverywhere ? { onEdit: () => setEditing(checklist) } : {})}
        />
      ))}
      {may && isEverywhere && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => setEditing('new')}
        >
          {t('checklists.new')}
        </Button>
      )}
      <NormsForm />
    </>
  )
}

function One({ checklist, onEdit }: { checklist: Checklist; onEdit?: () => void }) {
  const { t, lang } = useTexts()
  const { name, version, purpose, findings, measures, example, active } = checklist
  return (
    <section className="gw-campaign-card" aria-label={name} data-testid="checklist">
      <b>{name}</b>
      <small>
        {[
          t(`checklists.purposes.${purpose}`),
          t('campaigns.ofVersion', { version }),
          !active && t('checklists.retired'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
      {example && <p className="gw-hint">{t('checklists.example')}</p>}
      <ol>
        {findings.map((item) => (
          <li key={item.code}>{itemText(item, lang)}</li>
        ))}
      </ol>
      {measures.length > 0 && (
        <p className="gw-hint">
          {t('checklists.measures', {
            measures: listed(
              measures.map((item) => itemText(item, lang)),
              lang,
            ),
          })}
        </p>
      )}
      {onEdit && (
        <UnstyledButton className="gw-link" onClick={onEdit} data-testid="checklist-edit">
          {t('checklists.edit')}
        </UnstyledButton>
      )}
    </section>
  )
}
