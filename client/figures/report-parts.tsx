import type {
  Barometer,
  Definitions,
  IndicatorSeries,
  IndicatorValues,
  Ranking,
} from '../../geodata/figures/indicator.schema.ts'
import { missesTarget, shareOf } from '../../geodata/figures/indicators.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { Weather } from './barometer-view.tsx'
import { Spark } from './spark.tsx'
import { Stars } from './stars.tsx'
import {
  changeWords,
  formulaWords,
  isPartial,
  outOfWords,
  percentWords,
  pointWords,
  shareOrNull,
} from './words.ts'

const MOST_ROWS = 20

interface ReportIndicatorsProps {
  definitions: Definitions
  values: IndicatorValues
  series: IndicatorSeries
}

export function ReportIndicators({ definitions, values, series }: ReportIndicatorsProps) {
  const texts = useTexts()
  const { t, lang } = texts
  return (
    <section>
      <h4>{t('figures.reportIndicators')}</h4>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('figures.views.indicators')}</th>
            <th scope="col">{t('figures.value')}</th>
            <th scope="col">{t('figures.ratio')}</th>
            <th scope="col">{t('figures.targetShort')}</th>
            <th scope="col">{t('figures.valueBefore')}</th>
            <th scope="col">{t('figures.trend')}</th>
          </tr>
        </thead>
        <tbody>
          {definitions.indicators.map(({ id, name, target }) => {
            const ratio = values.indicators.find((one) => one.id === id)
            if (!ratio) return null
            const share = shareOf(ratio)
            const before = shareOf(ratio.before)
            return (
              <tr key={id}>
                <th scope="row">{name[lang]}</th>
                <td>
                  <b>{percentWords(share)}</b>
                  {missesTarget(id, share, target) && <em> {t('figures.misses')}</em>}
                </td>
                <td>{outOfWords(ratio, texts)}</td>
                <td>{percentWords(target)}</td>
                <td>
                  {percentWords(before)}
                  {before !== null && share !== null && <small> {changeWords(share, before, texts)}</small>}
                </td>
                <td>
                  <Spark
                    values={series.months.map(({ ratios }) => shareOrNull(ratios[id]))}
                    target={target}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

export function ReportBarometer({ barometer }: { barometer: Barometer }) {
  const { t } = useTexts()
  const cells = barometer.cells.slice(0, MOST_ROWS)
  return (
    <>
      <h5>{t('figures.topCells', { count: cells.length })}</h5>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('figures.area')}</th>
            <th scope="col">{t('figures.fresh')}</th>
            <th scope="col">{t('figures.solved')}</th>
            <th scope="col">{t('figures.standing')}</th>
            <th scope="col">{t('figures.valueBefore')}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ code, name, now, before }) => (
            <tr key={code}>
              <th scope="row">
                <Weather pair={{ now, before }} /> {name || code}
              </th>
              <td>{formatCount(now.fresh)}</td>
              <td>{formatCount(now.solved)}</td>
              <td>{formatCount(now.standing)}</td>
              <td>{formatCount(before.standing)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

export function ReportRanking({ ranking }: { ranking: Ranking }) {
  const texts = useTexts()
  const { t, lang } = texts
  const { scheme } = ranking
  const cells = ranking.cells.slice(0, MOST_ROWS * 2)
  return (
    <section>
      <h4>{t('figures.reportRanking', { name: scheme.name[lang] })}</h4>
      {formulaWords(scheme, texts).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <table>
        <thead>
          <tr>
            <th scope="col">{t('figures.place')}</th>
            <th scope="col">{t('figures.area')}</th>
            <th scope="col">{t('figures.pointsShort')}</th>
            {scheme.stars.length > 0 && <th scope="col">{t('figures.stars')}</th>}
            {scheme.parts.map(({ id, name }) => (
              <th key={id} scope="col">
                {name[lang]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.code}>
              <td>{cell.place ?? '—'}</td>
              <th scope="row">{cell.name || cell.code}</th>
              <td>
                {pointWords(cell.score.points)}
                {isPartial(cell) && '*'}
              </td>
              {scheme.stars.length > 0 && (
                <td>
                  <Stars stars={cell.stars} />
                </td>
              )}
              {cell.parts.map((part) => (
                <td key={part.id}>{pointWords(part.score.points)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {cells.some(isPartial) && <p>{t('figures.partialMark')}</p>}
    </section>
  )
}
