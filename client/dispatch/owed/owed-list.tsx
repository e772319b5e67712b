import '../dispatch.css'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { OwedList as Answer, Owed } from '../../../geodata/dispatch/owed.schema.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'

interface OwedListProps {
  answer: Answer | undefined
  error: Error | null
  onRetry(): void
  onOpen(id: number): void
}

/** Answers, tasks, contacts and call-backs that are waited for; each opens its case, where it is done. */
export function OwedList({ answer, error, onRetry, onOpen }: OwedListProps) {
  const { t } = useTexts()
  if (!answer) return <LoadState error={error} onRetry={onRetry} />
  const { owed, total } = answer
  if (total === 0) return <p className="gw-hint">{t('dispatch.owed.none')}</p>
  return (
    <section aria-label={t('dispatch.owed.title')} data-testid="owed-list">
      <ul className="gw-case-list">
        {owed.map((each) => (
          <li key={`${each.kind} ${each.hazard} ${each.department?.id} ${each.what}`}>
            <OwedRow owed={each} onOpen={() => onOpen(each.hazard)} />
          </li>
        ))}
      </ul>
      {total > owed.length && (
        <p className="gw-hint">{t('dispatch.owed.more', { count: total - owed.length })}</p>
      )}
    </section>
  )
}

function OwedRow({
  owed: { kind, title, what, department, dueAt, dueDay, late },
  onOpen,
}: {
  owed: Owed
  onOpen(): void
}) {
  const { t } = useTexts()
  const due = dueDay ?? (dueAt && formatTime(dueAt))
  return (
    <button type="button" onClick={onOpen} data-testid="owed-row" data-kind={kind}>
      <span className="gw-case-row-head">
        <b>{title}</b>
        <small>{due && t('dispatch.owed.due', { time: due })}</small>
      </span>
      <span className="gw-case-row-facts">
        {t(`dispatch.owed.kind.${kind}`, { what })}
        {department && ` · ${department.name}`}
      </span>
      {late && (
        <span className="gw-dispatch-late">
          <IconAlertTriangle size={16} aria-hidden="true" />
          {t('dispatch.whistle.late')}
        </span>
      )}
    </button>
  )
}
