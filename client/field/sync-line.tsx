import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import { ApiError } from '../api/request.ts'
import { useOnline } from '../live/use-online.ts'
import { useTexts } from '../ui/i18n.ts'
import { clock } from './format-clock.ts'
import type { QueueState } from './queue.ts'

interface SyncLineProps {
  queue: QueueState
  /** When the server made the rounds that are shown. */
  asOf: string | undefined
  onOpen(): void
  onAskWho(): void
}

/** What the phone still holds, and whether it can send it. */
export function SyncLine({ queue, asOf, onOpen, onAskWho }: SyncLineProps) {
  const { t } = useTexts()
  const isOnline = useOnline()
  const refused = queue.items.filter(({ state }) => state === 'refused').length
  // Positions that are still being gathered are nothing to worry about.
  const waiting = queue.items.filter(({ state }) => state === 'waiting' || state === 'photo').length
  const isAway = !isOnline || (queue.error instanceof ApiError && queue.error.status === 0)
  const isSignedOut = queue.error instanceof ApiError && queue.error.status === 401
  return (
    <div className="gw-field-sync">
      <button
        type="button"
        data-testid="field-sync"
        data-waiting={waiting}
        data-refused={refused}
        aria-live="polite"
        onClick={onOpen}
      >
        {isAway ? (
          <IconCloudOff size={18} />
        ) : waiting > 0 ? (
          <IconCloudUp size={18} />
        ) : (
          <IconCloudCheck size={18} />
        )}
        {isAway && <span>{t('field.offline')}</span>}
        {waiting > 0 && <span>{t('field.waiting', { count: waiting })}</span>}
        {!isAway && waiting === 0 && refused === 0 && <span>{t('field.allSent')}</span>}
        {refused > 0 && (
          <span className="gw-field-refused">
            <IconAlertTriangle size={16} />
            {t('field.refused', { count: refused })}
          </span>
        )}
      </button>
      {isSignedOut && (
        <button type="button" className="gw-field-refused" onClick={onAskWho}>
          {t('field.signInAgain')}
        </button>
      )}
      {asOf && <small>{t('field.asOf', { time: clock(asOf) })}</small>}
    </div>
  )
}
