import type { WeekProposal, WeekReason } from '../../../../geodata/patrols/week.schema.ts'
import { formatCount, formatMetres } from '../../../ui/format.ts'
import { useTexts } from '../../../ui/i18n.ts'
import { dayWords } from './day-words.ts'

const MOST_SHOWN = 50

/** Day by day what a week visits, and which sites have too few visits, with the reason. */
export function WeekFound({ proposal }: { proposal: WeekProposal }) {
  const { t, lang } = useTexts()
  const { days, wanted, planned, missed } = proposal
  const reason = (why: WeekReason) =>
    why === 'days' || why === 'separation' || why === 'too-long'
      ? t(`week.reason.${why}`)
      : t(`planning.reason.${why}`)
  return (
    <>
      <p className="gw-hint" role="status" data-testid="week-sum">
        {wanted === 0 ? t('week.nothing') : t('week.planned', { planned, wanted })}
      </p>
      <table className="gw-table" data-testid="week-days">
        <thead>
          <tr>
            <th scope="col">{t('week.day')}</th>
            <th scope="col" className="gw-number">
              {t('week.visits')}
            </th>
            <th scope="col" className="gw-number">
              {t('week.metres')}
            </th>
            <th scope="col" className="gw-number">
              {t('week.unserved')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <th scope="row">{dayWords(day.date, lang)}</th>
              <td className="gw-number">{formatCount(day.visits)}</td>
              <td className="gw-number">{formatMetres(day.metres, lang)}</td>
              <td className="gw-number">{formatCount(day.unserved.length)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {byReason(missed).map(([why, sites]) => (
        <details key={why} className="gw-unserved" data-testid="week-missed">
          <summary>{t('week.missed', { count: sites.length, reason: reason(why) })}</summary>
          <ul>
            {sites.slice(0, MOST_SHOWN).map((site) => (
              <li key={site.checkpointId}>
                {site.name || t('planning.siteNumber', { id: site.checkpointId })}{' '}
                <small>{t('week.missedVisits', { visits: site.visits })}</small>
              </li>
            ))}
          </ul>
          {sites.length > MOST_SHOWN && (
            <p className="gw-hint">{t('week.andMore', { count: sites.length - MOST_SHOWN })}</p>
          )}
        </details>
      ))}
    </>
  )
}

type Missed = WeekProposal['missed']

/** What most sites are missed for comes first. */
function byReason(missed: Missed): [WeekReason, Missed][] {
  const groups = new Map<WeekReason, Missed>()
  for (const site of missed) groups.set(site.reason, [...(groups.get(site.reason) ?? []), site])
  return [...groups].sort(([, a], [, b]) => b.length - a.length)
}
