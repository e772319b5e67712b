import { useQuery } from '@tanstack/react-query'
import type { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { findSimilar, type SimilarCase } from '../api/cases.ts'
import { formatMetres, formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'

interface SimilarReportsProps {
  category: (typeof HAZARD_CATEGORIES)[number]
  lngLat: LngLat
  busy: boolean
  onJoin(similar: SimilarCase): void
}

const MOST = 3
/** About ten metres: a phone that stands still says a slightly different place each second. */
const DIGITS = 4

/** What is open near by and may be the same; without a network it says that nobody could look. */
export function SimilarReports({ category, lngLat, busy, onJoin }: SimilarReportsProps) {
  const { t, lang, enums } = useTexts()
  const { standard, kind, code } = category
  const at = lngLat.map((degrees) => Number(degrees.toFixed(DIGITS)))
  const found = useQuery({
    queryKey: ['similar', ...at, code],
    queryFn: ({ signal }) => findSimilar([at[0]!, at[1]!], { standard, kind, code }, '', signal),
    retry: false,
  })
  if (found.isError || found.fetchStatus === 'paused')
    return <p className="gw-field-quiet">{t('field.similarUnknown')}</p>
  const cases = found.data?.slice(0, MOST) ?? []
  if (cases.length === 0) return null
  return (
    <section className="gw-field-similar" aria-label={t('field.similar')} data-testid="field-similar">
      <h3>{t('field.similar')}</h3>
      <ul>
        {cases.map((each) => (
          <li key={each.id}>
            <span>
              <b>{each.title}</b>
              <small>
                {formatMetres(each.distanceMetres, lang)} · {formatTime(each.reportedAt)} ·{' '}
                {enums('state', each.state)}
              </small>
            </span>
            <button
              type="button"
              className="gw-field-button"
              disabled={busy}
              aria-label={t('field.joinOne', { title: each.title })}
              onClick={() => onJoin(each)}
              data-testid="field-join"
            >
              {t('field.join')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
