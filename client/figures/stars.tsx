import { useTexts } from '../ui/i18n.ts'

const MOST_STARS = 5

export function Stars({ stars }: { stars: number | null }) {
  const { t } = useTexts()
  return (
    <span
      className="gw-stars"
      role="img"
      aria-label={stars === null ? t('figures.noStars') : t('figures.starsOf', { stars })}
    >
      {stars === null ? '—' : '★'.repeat(stars) + '☆'.repeat(MOST_STARS - stars)}
    </span>
  )
}
