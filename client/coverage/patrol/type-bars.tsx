import type { PeriodResult } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { SITE_TYPES } from '../../../geodata/patrols/site-types.ts'
import { useTexts } from '../../ui/i18n.ts'
import { percent } from './words.ts'

const width = (share: number | null) => `${Math.min(1, share ?? 0) * 100}%`

/** One small bar for each type of site: what was achieved, against what was planned, with what is unknown hatched. */
export function TypeBars({ types }: { types: PeriodResult['types'] }) {
  const { t, lang } = useTexts()
  if (types.length === 0) return <p className="gw-hint">{t('patrolCover.none')}</p>
  return (
    <>
      <p className="gw-hint">{t('patrolCover.typesHint')}</p>
      <ul className="gw-patrol-types">
        {types.map(({ key, figures: { achieved, planned, unknown, sites } }) => {
          const known = Object.entries(SITE_TYPES).find(([type]) => type === key)?.[1]
          const type = known?.[lang] ?? key
          return (
            <li
              key={key}
              aria-label={t('patrolCover.typeRow', {
                type,
                sites,
                achieved: percent(achieved.value),
                planned: percent(planned.value),
                unknown: percent(unknown.value),
              })}
            >
              <span aria-hidden="true">
                {type} <small>{sites}</small>
              </span>
              <b aria-hidden="true">{percent(achieved.value)}</b>
              <div className="gw-patrol-bar" aria-hidden="true">
                <i style={{ width: width(achieved.value) }} />
                <i className="gw-patrol-unknown" style={{ width: width(unknown.value) }} />
                {planned.value !== null && <s style={{ left: width(planned.value) }} />}
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}
