import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { LiveState } from '../live/use-live.ts'
import { useOnline } from '../live/use-online.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'

/** A short break heals by itself before anyone could act on it. */
const STALE_AFTER_MS = 30_000

/** A full-width band while what is shown may be out of date. It goes by itself as soon as the connection is back. */
export function ConnectionBand({ live, onRetry }: { live: LiveState; onRetry(): void }) {
  const { t } = useTexts()
  const online = useOnline()
  const [lostAt, setLostAt] = useState<Date>()
  const [stale, setStale] = useState(false)
  const lost = live === 'lost' || !online
  useEffect(() => {
    setStale(false)
    setLostAt(lost ? new Date() : undefined)
    if (!lost) return
    const timer = setTimeout(() => setStale(true), STALE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [lost])
  if (!lostAt || (online && !stale)) return null
  const time = formatTime(lostAt.toISOString())
  return (
    <div className="gw-band" role="alert" data-testid="connection-band">
      <IconPlugConnectedX size={18} aria-hidden="true" />
      <span>{online ? t('connection.stale', { time }) : t('connection.offline', { time })}</span>
      {online && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t('connection.retry')}
        </Button>
      )}
    </div>
  )
}
