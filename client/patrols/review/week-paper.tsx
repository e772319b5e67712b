import type { Workspace } from '../../../geodata/places/workspace.schema.ts'
import { addDays, groupRounds, type RoundGroup, sumGroup } from '../../../geodata/walks/group-rounds.ts'
import { STOP_STATES, type WalkSummary } from '../../../geodata/walks/run.schema.ts'
import { formatStamp } from '../../printing/format-stamp.ts'
import { formatMetres, formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { teamWords } from '../planning/words.ts'
import { dayWords, weekWords } from './group-rows.tsx'
import { missedSites } from './missed-sites.ts'
import { shareWords } from './share-words.ts'

interface WeekPaperProps {
  monday: string
  summary: WalkSummary
  workspace: Workspace
}

const WEEK = [0, 1, 2, 3, 4, 5, 6]

/** One week: figures by day and team with what they are out of, what was missed, what was reported. */
export function WeekPaper({ monday, summary, workspace }: WeekPaperProps) {
  const { t } = useTexts()
  const { rounds } = summary
  const known = new Map(groupRounds(rounds, 'day').map((group) => [group.key, group]))
  const days = WEEK.map((day) => addDays(monday, day)).map((key) => known.get(key) ?? sumGroup(key, []))
  const most = Math.max(1, ...days.map(({ counts }) => counts.planned))
  return (
    <article className="gw-paper gw-round-sheet gw-week-sheet" data-testid="week-sheet">
      <header>
        <div>
          <h3>{t('walked.sheetTitle', { week: weekWords(monday) })}</h3>
          <p>
            {[workspace.name, monday.slice(0, 4)].filter(Boolean).join(' · ')}
            {' · '}
            {t('walked.sheetHint')}
          </p>
        </div>
      </header>
      <Bars days={days} most={most} />
      <Groups label={t('walked.groups.day')} groups={days} nameOf={({ key }) => dayWords(key)} />
      <Groups
        label={t('walked.groups.team')}
        groups={[...groupRounds(rounds, 'team'), sumGroup(t('walked.total'), rounds)]}
        nameOf={({ key }) => key}
      />
      <Missed rounds={rounds} />
      <Reports reports={summary.reports} />
      <footer>
        <span>
          {workspace.reviewNumber ? `${t('map.review')} ${workspace.reviewNumber}` : t('map.noReview')}
        </span>
        <span>{t('walked.printedAt', { time: formatStamp(new Date()) })}</span>
      </footer>
    </article>
  )
}

/** One bar a day: how many visits were planned, and what became of them. */
function Bars({ days, most }: { days: RoundGroup[]; most: number }) {
  const { t, lang } = useTexts()
  const states = ['visited', 'probable', 'unknown', 'missed', 'open'] as const
  return (
    <figure className="gw-week-bars">
      <figcaption>
        {t('walked.barsTitle')}
        {states.map((state) => (
          <span key={state}>
            <i data-state={state} /> {STOP_STATES[state][lang]}
          </span>
        ))}
      </figcaption>
      <ol>
        {days.map(({ key, counts }) => (
          <li key={key}>
            <b>
              {counts.planned > 0
                ? t('walked.count', { value: counts.visited, planned: counts.planned })
                : '—'}
            </b>
            <div aria-hidden="true">
              {states
                .filter((state) => counts[state] > 0)
                .map((state) => (
                  <i key={state} data-state={state} style={{ height: `${(counts[state] / most) * 100}%` }} />
                ))}
            </div>
            <span>{dayWords(key)}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

interface GroupsProps {
  label: string
  groups: RoundGroup[]
  nameOf(group: RoundGroup): string
}

function Groups({ label, groups, nameOf }: GroupsProps) {
  const { t, lang } = useTexts()
  const part = (share: number | null, of: number, all: number) => (
    <td className="gw-number">
      {shareWords(share)}
      {all > 0 && <small> {t('walked.count', { value: of, planned: all })}</small>}
    </td>
  )
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          <th scope="col">{t('walked.walkedRounds')}</th>
          <th scope="col">{t('walked.adherence')}</th>
          <th scope="col">{t('walked.onTime')}</th>
          <th scope="col">{t('walked.states4')}</th>
          <th scope="col">{t('walked.lengths')}</th>
          <th scope="col">{t('walked.health')}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const { key, rounds, walked, counts } = group
          return (
            <tr key={key}>
              <th scope="row">{nameOf(group)}</th>
              {part(rounds > 0 ? walked / rounds : null, walked, rounds)}
              {part(counts.adherence, counts.visited, counts.planned)}
              {part(counts.punctuality, counts.onTime, counts.timed)}
              <td className="gw-number">
                {counts.planned > 0 ? [counts.probable, counts.unknown, counts.missed].join(' · ') : '—'}
              </td>
              <td className="gw-number">
                {counts.metres > 0
                  ? `${formatMetres(counts.metres, lang)} · ${formatMetres(counts.offPlanMetres, lang)}`
                  : '—'}
              </td>
              {part(counts.health, Math.round(counts.recordedMinutes), Math.round(counts.minutes))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Missed({ rounds }: { rounds: WalkSummary['rounds'] }) {
  const { t } = useTexts()
  const sites = missedSites(rounds)
  return (
    <section>
      <h4>{t('walked.missedTitle', { count: sites.length })}</h4>
      <p>{t(sites.length > 0 ? 'walked.sheetMissed' : 'walked.noneMissed')}</p>
      <ul className="gw-week-list">
        {sites.map(({ checkpointId, name, times }) => (
          <li key={checkpointId} data-testid="week-missed">
            {name ?? t('walked.siteGone', { id: checkpointId })}
            {times > 1 && <small> {t('walked.missedTimes', { count: times })}</small>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Reports({ reports }: Pick<WalkSummary, 'reports'>) {
  const { t, enums } = useTexts()
  return (
    <section>
      <h4>{t('walked.reportsTitle', { count: reports.length })}</h4>
      <ul className="gw-week-list">
        {reports.map(({ id, at, hazardId, title, severity, state, team, person }) => (
          <li key={id}>
            {formatTime(at)} {title ?? t('walked.reportGone', { id: hazardId })}
            <small>
              {' '}
              {[
                severity && enums('severity', severity),
                state && enums('state', state),
                `${teamWords(team)} ${person}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
