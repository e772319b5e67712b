import type { WallFigure, WallPicture } from '../../geodata/walls/picture.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { rowsOf } from './figure-rows.ts'
import { figureWords } from './figure-words.ts'
import { formatMoment } from './format.ts'

interface FigureDetailProps {
  figure: WallFigure
  picture: WallPicture
  isBlind: boolean
  nowMs: number
  onClose(): void
}

/** What a figure counts, of what, against what, and which: for whoever asks. */
export function FigureDetail({ figure, picture, isBlind, nowMs, onClose }: FigureDetailProps) {
  const { t } = useTexts()
  const { id, of, outOf, yesterday, lastWeek } = figure
  const { label, value, target, trend, isKnown } = figureWords(figure, isBlind, t)
  const rows = isKnown ? rowsOf(id, picture, nowMs) : undefined
  const past = ({ at, value }: WallFigure['yesterday']) => ({
    time: formatMoment(Date.parse(at), nowMs),
    value: value === null ? t('wall.unknown') : figureWords({ ...figure, value }, false, t).value,
  })
  return (
    <section className="gw-wall-detail" aria-label={label} data-testid="wall-detail">
      <h2>
        {label} <b>{value}</b>
        <button type="button" onClick={onClose}>
          {t('wall.close')} <kbd>Esc</kbd>
        </button>
      </h2>
      <p>{t(`wall.counts.${id}`)}</p>
      <p>
        {(isKnown
          ? [outOf !== null && t('wall.ofOutOf', { of, outOf }), `${t('wall.target')} ${target}`, trend]
          : [trend]
        )
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>
        {t('wall.pastValue', past(yesterday))} · {t('wall.pastValue', past(lastWeek))}
      </p>
      {rows && (
        <ul>
          {rows.map(({ key, title, gridName, owner, dueAt }) => (
            <li key={key}>
              <b>{title}</b>
              <span>
                {[
                  gridName ?? t('wall.noGrid'),
                  dueAt && t('wall.deadline', { time: formatMoment(Date.parse(dueAt), nowMs) }),
                  owner ?? (key.startsWith('hazard') ? t('wall.nobody') : undefined),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
