import { Badge, Button } from '@mantine/core'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endSession, listSessions } from '../../api/access.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { agentWords } from './agent-words.ts'

/** Where someone is signed in now; each can be ended. `person` left out: one's own. */
export function SessionList({ person }: { person?: number }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const sessions = useQuery({ queryKey: ['sessions', person], queryFn: () => listSessions(person) })
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: () => toastDone(t('admin.sessionEnded')),
    onError: toastFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
  if (!sessions.data) return <LoadState error={sessions.error} onRetry={() => void sessions.refetch()} />
  if (sessions.data.length === 0) return <p className="gw-hint">{t('admin.noSessions')}</p>
  return (
    <ul className="gw-rows" data-testid="session-list">
      {sessions.data.map(({ id, current, createdAt, lastUsedAt, from, userAgent }) => (
        <li key={id}>
          <IconDeviceDesktop size={18} stroke={1.6} aria-hidden="true" />
          <span className="gw-row-text">
            <b>{agentWords(userAgent) ?? t('admin.unknownBrowser')}</b>
            <small>
              {[
                from,
                t('admin.since', { time: formatTime(createdAt) }),
                t('admin.lastUsed', { time: formatTime(lastUsedAt) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </span>
          {current ? (
            <Badge variant="light">{t('admin.thisOne')}</Badge>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => end.mutate(id)}
              data-testid="session-end"
            >
              {t('admin.end')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
