import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { DUTY_ROLES, type Duty, type DutyRole } from '../../../geodata/duties/duty.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { DutyFields, type DutyValues } from './duty-fields.tsx'

interface DutyRowProps {
  duty: Duty
  roles: readonly DutyRole[]
  mayEdit: boolean
  onPut(values: DutyValues): Promise<void>
  onDelete(): Promise<void>
}

/** Who holds one duty, and since when. */
export function DutyRow({ duty, roles, mayEdit, onPut, onDelete }: DutyRowProps) {
  const { t, lang } = useTexts()
  const [editing, setEditing] = useState(false)
  const { role, holder, since, until, note, current } = duty
  if (editing)
    return (
      <li>
        <DutyFields
          roles={roles}
          initial={{ role, holder, since, until, note }}
          onSave={async (values) => {
            await onPut(values)
            setEditing(false)
          }}
          onCancel={() => setEditing(false)}
        />
      </li>
    )
  return (
    <li className="gw-duty" data-over={!current || undefined} data-testid="duty">
      <span>
        <small>{DUTY_ROLES[role][lang]}</small>
        <b>{holder}</b>
        {!current && <em>{t('duties.notNow')}</em>}
        {(since || until) && <small>{t('duties.days', { since: since ?? '…', until: until ?? '…' })}</small>}
        {note && <small>{note}</small>}
      </span>
      {mayEdit && (
        <>
          <Tooltip label={t('duties.edit')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t('duties.editOf', { holder })}
              onClick={() => setEditing(true)}
            >
              <IconPencil size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('duties.remove')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t('duties.removeOf', { holder })}
              onClick={() => void onDelete()}
              data-testid="duty-remove"
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
    </li>
  )
}
