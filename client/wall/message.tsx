import type { WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { formatClock } from './format.ts'

/** What a supervisor has to say to whoever looks at this wall. */
export function Message({ pushed }: { pushed: WallPushed }) {
  const { t } = useTexts()
  const { push, by, until } = pushed
  if (push.kind !== 'message') return null
  return (
    <div
      className="gw-wall-message"
      role={push.isUrgent ? 'alert' : 'status'}
      data-urgent={push.isUrgent || undefined}
      data-testid="wall-message"
    >
      {push.isUrgent && <span className="gw-wall-urgent">{t('wall.urgent')}</span>}
      <span className="gw-wall-message-text">{push.text}</span>
      <span className="gw-wall-message-from">
        {t('wall.from', { name: by })} · {t('wall.until', { time: formatClock(Date.parse(until)) })}
      </span>
    </div>
  )
}
