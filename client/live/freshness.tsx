import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { tip } from '../ui/tip.ts'
import type { LiveState } from './use-live.ts'

/** When the data last changed, and whether the page would hear of a change. Said by dot, word and label alike. */
export function Freshness({ state, dataTime }: { state: LiveState; dataTime: string | null }) {
  const { t } = useTexts()
  const said = t(`fresh.${state}`)
  return (
    <output className="gw-fresh" data-state={state} aria-label={said} {...tip(said, 'below')}>
      <span className="gw-fresh-dot" />
      <span className="gw-fresh-word">{t('fresh.data')}</span>
      <time dateTime={dataTime ?? undefined}>{dataTime ? formatTime(dataTime) : t('fresh.noData')}</time>
      {state === 'lost' && <b>{t('fresh.stale')}</b>}
    </output>
  )
}
