import { IconMapPin } from '@tabler/icons-react'
import type { BorderFigures, Proposal } from '../../../geodata/patrols/generation.schema.ts'
import type { PlanInput } from '../../../geodata/patrols/plan.schema.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { formatMetres } from '../../ui/format.ts'
import { type Language, useTexts } from '../../ui/i18n.ts'
import { clockOf } from './shift.ts'
import { countOwed } from './unserved.ts'
import type { DueSites } from './use-due.ts'
import { minutesOf } from './words.ts'

interface GenerateResultsProps {
  ended: 'done' | 'cancelled'
  result: Proposal | undefined
  plan: PlanInput | undefined
  sites: DueSites
  map: MapHandle | null
}

/** What a search that is over found, and what it cost. */
export function GenerateResults({ ended, result, plan, sites, map }: GenerateResultsProps) {
  const { t, lang } = useTexts()
  const metres = (length: number) => formatMetres(length, lang)
  const owed = countOwed(plan?.unserved ?? [], sites)
  const done = owed > 0 ? t('planning.found', { unserved: owed }) : t('planning.foundAll')
  const { streets, border, predictable, guessing } = result ?? {}
  return (
    <>
      <p className="gw-hint" role="status" data-testid="generated">
        {sentences(
          lang,
          t(ended === 'cancelled' ? 'planning.stopped' : 'planning.roundsIn'),
          streets || border ? t('planning.canUndo') : done,
        )}
      </p>
      {result && predictable && (
        <p className="gw-hint">
          {t('planning.costs', {
            metres: metres(Math.max(0, result.metres - predictable.metres)),
            visits: Math.max(0, predictable.visits - result.visits),
          })}
        </p>
      )}
      {guessing && (
        <p className="gw-hint" data-testid="guessing">
          {t('planning.guessing', {
            share: guessing.most > 0 ? Math.round((guessing.entropy / guessing.most) * 100) : 0,
            entropy: guessing.entropy.toFixed(2),
            most: guessing.most.toFixed(2),
            plans: guessing.plans,
          })}
        </p>
      )}
      {streets && (
        <p className="gw-hint">
          {t('planning.streets', {
            twice: metres(streets.deadHeadMetres),
            longest: metres(streets.longestMetres),
            bound: metres(streets.boundMetres),
          })}
          {streets.unreachedMetres > 0 &&
            ` ${t('planning.unreached', { metres: metres(streets.unreachedMetres) })}`}
        </p>
      )}
      {border && <BorderResult border={border} map={map} />}
    </>
  )
}

/** Chinese sentences follow each other without a space. */
const sentences = (lang: Language, ...said: string[]) => said.join(lang === 'zh' ? '' : ' ')

function BorderResult({ border, map }: { border: BorderFigures; map: MapHandle | null }) {
  const { t, lang } = useTexts()
  return (
    <>
      <p className="gw-hint" data-testid="border-result">
        {sentences(
          lang,
          t('planning.border', {
            lap: formatMetres(border.metres, lang),
            share: Math.round((border.streetMetres / border.metres) * 100),
            away: formatMetres(border.meanDistanceMetres, lang),
          }),
          t('planning.idle', {
            worst: minutesOf(border.worstIdleSeconds),
            mean: minutesOf(border.meanIdleSeconds),
          }),
        )}
      </p>
      <ul className="gw-border-walks">
        {border.walks.map(({ teamId, laps, from, to, end }) => (
          <li key={teamId}>
            <button
              type="button"
              title={t('planning.showHandOver')}
              onClick={() => map?.fit([...end, ...end], 17)}
              data-testid="hand-over"
            >
              <b>{teamId}</b> {t('planning.laps', { laps, from: clockOf(from), to: clockOf(to) })}
              <IconMapPin className="gw-pin" size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
