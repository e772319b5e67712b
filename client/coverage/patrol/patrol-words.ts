import type { Analysis, AnalysisNote } from '../../../geodata/coverage/analysis.schema.ts'
import { patrolResultSchema } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { SITE_TYPES } from '../../../geodata/patrols/site-types.ts'
import type { Fact } from '../../ui/facts.ts'
import { formatMetres, formatTime } from '../../ui/format.ts'
import type { Texts } from '../analysis-view.ts'
import { hoursWords, minutesAsHours, partsWords, percent } from './words.ts'

/** A statement about what is missing, in words. */
export function noteWords({ code, values }: AnalysisNote, texts: Texts): string {
  const words = plainNote(code, values, texts)
  return values.period === 2 ? texts.t('patrolCover.note.second', { note: words }) : words
}

function plainNote(code: string, values: AnalysisNote['values'], { t }: Texts): string {
  const count = (name: string) => (typeof values[name] === 'number' ? values[name] : 0)
  const time = (name: string) => (typeof values[name] === 'string' ? formatTime(values[name]) : '—')
  switch (code) {
    case 'patrol-forecast':
      return t('patrolCover.note.forecast', { walks: count('walks') })
    case 'patrol-period-cut':
      return t('patrolCover.note.periodCut', { to: time('to') })
    case 'patrol-no-walks':
      return t('patrolCover.note.noWalks')
    case 'patrol-tracks-gone':
      return t('patrolCover.note.tracksGone', { walks: count('walks') })
    case 'patrol-silent':
      return t('patrolCover.note.silent', { minutes: count('minutes') })
    case 'patrol-no-sites':
      return t('patrolCover.note.noSites')
    case 'patrol-sites-newer':
      return t('patrolCover.note.sitesNewer', { sites: count('sites') })
    case 'patrol-no-cells':
      return t('patrolCover.note.noCells')
    case 'patrol-boundaries-unknown':
      return t('patrolCover.note.boundariesUnknown', { at: time('at') })
    case 'patrol-boundaries-changed':
      return t('patrolCover.note.boundariesChanged', { cells: count('cells'), at: time('at') })
    case 'patrol-off-street':
      return t('patrolCover.note.offStreet', { metres: count('metres') })
    default:
      return code
  }
}

/** A cell or a checkpoint of an answer, for the card beside the map. */
export function describePlace(
  properties: Record<string, unknown>,
  { t }: Texts,
): { title: string; facts: Fact[] } {
  const share = (name: string) => percent(numberOf(properties[name]))
  const hours = (name: string) => hoursWords(numberOf(properties[name]))
  return {
    title: String(properties.name ?? properties.code ?? ''),
    facts: [
      { label: t('patrolCover.achieved'), value: share('achieved') },
      { label: t('patrolCover.planned'), value: share('planned') },
      { label: t('patrolCover.idle'), value: `${hours('idleMeanHours')} h` },
      { label: t('patrolCover.frequency'), value: share('frequency') },
      { label: t('patrolCover.compliance'), value: share('compliance') },
      { label: t('patrolCover.exposure'), value: `${hours('exposureHours')} h` },
      { label: t('patrolCover.effort'), value: `${minutesAsHours(numberOf(properties.minutes) ?? 0)} h` },
    ],
  }
}

export function describeTarget(
  properties: Record<string, unknown>,
  { t, lang }: Texts,
): { title: string; facts: Fact[] } {
  const state = STATES.find((known) => known === properties.state) ?? 'unknown'
  const type = Object.entries(SITE_TYPES).find(([known]) => known === properties.siteType)?.[1][lang]
  const isMore = properties.isNever === true
  return {
    title: String(properties.name ?? ''),
    facts: [
      { label: t('patrolCover.state'), value: t(`patrolCover.states.${state}`) },
      ...(type ? [{ label: t('patrolCover.type'), value: type }] : []),
      {
        label: t('patrolCover.visits'),
        value: `${numberOf(properties.visits) ?? 0} / ${numberOf(properties.required) ?? 0}`,
      },
      { label: t('patrolCover.idle'), value: `${hoursWords(numberOf(properties.meanIdleHours), isMore)} h` },
      {
        label: t('patrolCover.worst'),
        value: `${hoursWords(numberOf(properties.worstIdleHours), isMore)} h`,
      },
      { label: t('patrolCover.compliance'), value: percent(numberOf(properties.compliance)) },
    ],
  }
}

const STATES = ['visited', 'probable', 'unknown', 'unvisited'] as const

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** The totals, for the printed report. */
export function reportWords({ result }: Analysis, { t, lang }: Texts): { title: string; facts: Fact[] }[] {
  const read = patrolResultSchema.safeParse(result)
  if (!read.success) return []
  return [read.data.first, ...(read.data.second ? [read.data.second] : [])].map(
    ({ from, to, total, boundariesAt }) => {
      const parts = (ratio: typeof total.achieved) => {
        const { part, of } = partsWords(ratio)
        return `${percent(ratio.value)} (${part} / ${of})`
      }
      return {
        title: t('patrolCover.span', { from: formatTime(from), to: formatTime(to) }),
        facts: [
          { label: t('patrolCover.achieved'), value: parts(total.achieved) },
          { label: t('patrolCover.states.unknown'), value: parts(total.unknown) },
          { label: t('patrolCover.planned'), value: parts(total.planned) },
          { label: t('patrolCover.adherence'), value: parts(total.adherence) },
          {
            label: t('patrolCover.idle'),
            value: `${hoursWords(total.idleMeanHours, total.states.unvisited > 0)} h`,
          },
          { label: t('patrolCover.frequency'), value: parts(total.frequency) },
          { label: t('patrolCover.compliance'), value: parts(total.compliance) },
          ...(total.hazards
            ? [
                { label: t('patrolCover.hazards'), value: parts(total.hazards.watched) },
                { label: t('patrolCover.exposure'), value: `${hoursWords(total.hazards.exposureHours)} h` },
              ]
            : []),
          ...(total.effort
            ? [
                {
                  label: t('patrolCover.effort'),
                  value: `${minutesAsHours(total.effort.minutes)} h, ${formatMetres(total.effort.metres, lang)}`,
                },
              ]
            : []),
          ...(total.streets
            ? [{ label: t('patrolCover.streets'), value: percent(total.streets.value) }]
            : []),
          { label: t('patrolCover.boundariesAt'), value: formatTime(boundariesAt) },
        ],
      }
    },
  )
}
