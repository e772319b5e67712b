import type { PeriodResult } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import type { CellLayer } from '../../../geodata/shared/codes.ts'
import { CellLevel } from '../../ui/cell-level.tsx'
import { CellTable } from '../../ui/cell-table.tsx'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { changeWords, hoursWords, minutesAsHours, percent } from './words.ts'

interface CellTableProps {
  first: PeriodResult
  second: PeriodResult | null
  level: CellLayer
  setLevel(next: CellLayer): void
  select(code: string): void
}

/** By cell, the least covered first; cells without a checkpoint last. */
export function CellFigures({ first, second, level: chosen, setLevel, select }: CellTableProps) {
  const { t, lang } = useTexts()
  const level = first.levels.find(({ layer }) => layer === chosen)
  const before = new Map(
    second?.levels.find(({ layer }) => layer === chosen)?.rows.map((row) => [row.id, row]),
  )
  const rows = (level?.rows ?? []).toSorted(
    (a, b) => (a.achieved ?? 2) - (b.achieved ?? 2) || b.exposureHours - a.exposureHours,
  )
  const column = (id: string, label: string, show: (row: (typeof rows)[number]) => string) => ({
    id,
    label,
    show,
  })
  return (
    <>
      <h3>{t('patrolCover.cells')}</h3>
      <CellLevel value={chosen} onChange={setLevel} />
      {level?.isCut && <p className="gw-hint">{t('patrolCover.cellsCut', { count: rows.length })}</p>}
      <CellTable
        caption={t('patrolCover.cells')}
        nameLabel={LAYERS[chosen].noun[lang]}
        rows={rows}
        columns={[
          column('achieved', t('patrolCover.columns.achieved'), ({ achieved }) => percent(achieved)),
          second
            ? column(
                'change',
                t('patrolCover.columns.change'),
                ({ id, achieved }) => changeWords(achieved, before.get(id)?.achieved, percent) ?? '—',
              )
            : column('idle', t('patrolCover.columns.idle'), ({ idleMeanHours }) => hoursWords(idleMeanHours)),
          column('effort', t('patrolCover.columns.effort'), ({ minutes }) => minutesAsHours(minutes)),
          column('exposure', t('patrolCover.columns.exposure'), ({ exposureHours }) =>
            hoursWords(exposureHours),
          ),
        ]}
        onSelect={({ code }) => select(code)}
        empty={t('patrolCover.none')}
      />
    </>
  )
}

/** By team: what its rounds were to visit, what it visited of that, and what went into it. */
export function TeamFigures({ teams }: { teams: NonNullable<PeriodResult['teams']> }) {
  const { t, lang } = useTexts()
  if (teams.length === 0) return null
  return (
    <>
      <h3>{t('patrolCover.teamsTable')}</h3>
      <table className="gw-table">
        <caption className="gw-unseen">{t('patrolCover.teamsTable')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('patrolCover.teams')}</th>
            <th scope="col" className="gw-number">
              {t('patrolCover.columns.sites')}
            </th>
            <th scope="col" className="gw-number">
              {t('patrolCover.columns.adherence')}
            </th>
            <th scope="col" className="gw-number">
              {t('patrolCover.columns.effort')}
            </th>
            <th scope="col" className="gw-number">
              {t('patrolCover.columns.metres')}
            </th>
          </tr>
        </thead>
        <tbody>
          {teams.map(({ key, figures: { sites, adherence, effort } }) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td className="gw-number">{sites}</td>
              <td className="gw-number">{percent(adherence.value)}</td>
              <td className="gw-number">{minutesAsHours(effort?.minutes ?? 0)}</td>
              <td className="gw-number">{formatMetres(effort?.metres ?? 0, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
