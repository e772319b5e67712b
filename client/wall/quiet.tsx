import type { WallHazard, WallPicture } from '../../geodata/walls/picture.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { formatMoment, formatSpan } from './format.ts'

interface QuietProps {
  last: WallPicture['lastAnswer']
  next: WallHazard | undefined
  nowMs: number
}

/** Nothing needs an answer: who answered last, and what comes next. */
export function Quiet({ last, next, nowMs }: QuietProps) {
  const { t, lang } = useTexts()
  const dueMs = next?.dueAt ? Date.parse(next.dueAt) : undefined
  return (
    <li className="gw-wall-none" data-testid="wall-quiet">
      <b>{t('wall.noAlarms')}</b>
      <dl>
        {last && (
          <>
            <dt>{t('wall.lastAnswer')}</dt>
            <dd>
              {formatMoment(Date.parse(last.at), nowMs)} {last.by}
            </dd>
            <dd>{last.title}</dd>
          </>
        )}
        <dt>{t('wall.nextDeadline')}</dt>
        {next && dueMs !== undefined ? (
          <>
            <dd>
              {formatMoment(dueMs, nowMs)} · {t('wall.dueIn', { span: formatSpan(dueMs - nowMs, lang) })}
            </dd>
            <dd>{next.title}</dd>
            <dd>{[next.gridName ?? t('wall.noGrid'), next.owner ?? t('wall.nobody')].join(' · ')}</dd>
          </>
        ) : (
          <dd>{t('wall.noDeadline')}</dd>
        )}
      </dl>
    </li>
  )
}
