import type { ReactNode } from 'react'
import type {
  Barometer,
  Definitions,
  IndicatorSeries,
  IndicatorValues,
  Ranking,
} from '../../geodata/figures/indicator.schema.ts'
import { INDICATORS, missesTarget, shareOf } from '../../geodata/figures/indicators.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { Weather } from './barometer-view.tsx'
import { PartialMark } from './partial-mark.tsx'
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
const MOST_RANKED = 40

/** Head of a column of figures, which stand at its right. */
const Figure = ({ children }: { children: ReactNode }) => (
  <th scope="col" className="gw-number">
    {children}
  </th>
)

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
            <Figure>{t('figures.value')}</Figure>
            <th scope="col" />
            <Figure>{t('figures.ratio')}</Figure>
            <Figure>{t('figures.targetShort')}</Figure>
            <Figure>{t('figures.valueBefore')}</Figure>
            <th scope="col" />
            <th scope="col">{t('figures.trend', { count: series.months.length })}</th>
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
                <td className="gw-number">
                  <b>{percentWords(share)}</b>
                </td>
                <td>{missesTarget(id, share, target) && <em>{t('figures.misses')}</em>}</td>
                <td className="gw-number">{outOfWords(id, ratio, texts)}</td>
                <td className="gw-number">{percentWords(target)}</td>
                <td className="gw-number">{percentWords(before)}</td>
                <td>
                  {before !== null && share !== null && <small>{changeWords(share, before, texts)}</small>}
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

export function ReportBarometer({ barometer, cells: level }: { barometer: Barometer; cells: CellLayer }) {
  const { t, lang } = useTexts()
  const cells = barometer.cells.slice(0, MOST_ROWS)
  return (
    <>
      <h5>
        {t('figures.topCells', { count: cells.length, cells: LAYERS[level].title[lang].toLowerCase() })}
      </h5>
      <table>
        <thead>
          <tr>
            <th scope="col">{LAYERS[level].noun[lang]}</th>
            <Figure>{t('figures.fresh')}</Figure>
            <Figure>{t('figures.solved')}</Figure>
            <Figure>{t('figures.standing')}</Figure>
            <Figure>{t('figures.standingBefore')}</Figure>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ code, name, now, before }) => (
            <tr key={code}>
              <th scope="row">
                <Weather pair={{ now, before }} /> {name || code}
              </th>
              {[now.fresh, now.solved, now.standing, before.standing].map((count, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns
                <td key={at} className="gw-number">
                  {formatCount(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The cells with points, and of each what they are made of: the parts, or the shares. */
export function ReportRanking({ ranking }: { ranking: Ranking }) {
  const texts = useTexts()
  const { t, lang } = texts
  const { scheme } = ranking
  const scored = ranking.cells.filter(({ score }) => score.points !== null)
  const cells = scored.slice(0, MOST_RANKED)
  const unscored = ranking.cells.length - scored.length
  const hasParts = scheme.parts.length > 0
  return (
    <section>
      <h4>{t(`figures.reportRankings.${ranking.id}`, { name: scheme.name[lang] })}</h4>
      {formulaWords(scheme, texts).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <table>
        <thead>
          <tr>
            <Figure>{t('figures.place')}</Figure>
            <th scope="col">{t('figures.area')}</th>
            <Figure>{t('figures.pointsShort')}</Figure>
            {scheme.stars.length > 0 && <th scope="col">{t('figures.stars')}</th>}
            {hasParts
              ? scheme.parts.map(({ id, name }) => <Figure key={id}>{name[lang]}</Figure>)
              : scheme.components.map(({ indicator }) => (
                  <Figure key={indicator}>{INDICATORS[indicator].name[lang]}</Figure>
                ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.code}>
              <td className="gw-number">{cell.place ?? '—'}</td>
              <th scope="row">{cell.name || cell.code}</th>
              <td className="gw-number">
                <b>{pointWords(cell.score.points)}</b>
                {isPartial(cell) && <PartialMark />}
              </td>
              {scheme.stars.length > 0 && (
                <td>
                  <Stars stars={cell.stars} />
                </td>
              )}
              {hasParts
                ? cell.parts.map((part) => (
                    <td key={part.id} className="gw-number">
                      {pointWords(part.score.points)}
                    </td>
                  ))
                : scheme.components.map(({ indicator }) => (
                    <td key={indicator} className="gw-number">
                      {percentWords(shareOrNull(cell.ratios[indicator]))}
                    </td>
                  ))}
            </tr>
          ))}
        </tbody>
      </table>
      {cells.some(isPartial) && <p>{t('figures.partialMark')}</p>}
      {scored.length > cells.length && (
        <p>{t('figures.moreRanked', { count: scored.length - cells.length })}</p>
      )}
      {unscored > 0 && <p>{t('figures.unscored', { count: unscored })}</p>}
    </section>
  )
}
