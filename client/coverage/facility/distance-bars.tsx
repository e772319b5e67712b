import type { FacilityResult } from '../../../geodata/coverage/facility/facility.schema.ts'
import { formatCount, formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'

/** Buildings by the way to the nearest facility, in thin bars; those beyond the limit stand out. */
export function DistanceBars({ result }: { result: FacilityResult }) {
  const { t, lang } = useTexts()
  const { binMetres, buildings, beyond, none } = result.distances
  const last = buildings.findLastIndex((count) => count > 0)
  const shown = buildings.slice(0, Math.max(last + 1, Math.ceil(result.limitMetres / binMetres) + 1))
  const most = Math.max(1, ...shown)
  if (result.total.buildings === 0) return null
  return (
    <figure className="gw-facility-bars">
      <figcaption>{t('facilityCover.distances')}</figcaption>
      <ol>
        {shown.map((count, bin) => {
          const [from, to] = [bin * binMetres, (bin + 1) * binMetres]
          const said = t('facilityCover.bin', { from, to, count: formatCount(count) })
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            <li key={bin} title={said} data-beyond={from >= result.limitMetres || undefined}>
              <i style={{ height: `${(count / most) * 100}%` }} data-some={count > 0 || undefined} />
              <span className="gw-unseen">{said}</span>
            </li>
          )
        })}
      </ol>
      <p className="gw-facility-axis" aria-hidden="true">
        <span>0</span>
        <span>{formatMetres(shown.length * binMetres, lang)}</span>
      </p>
      <p className="gw-hint">
        {t('facilityCover.distancesHint', {
          limit: formatMetres(result.limitMetres, lang),
          beyond: formatCount(beyond),
          none: formatCount(none),
        })}
      </p>
    </figure>
  )
}
