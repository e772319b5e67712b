import './report.css'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import { formatStamp } from '../printing/format-stamp.ts'
import { texts as printingTexts } from '../printing/texts.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useAreaName } from '../ui/session.ts'
import { SheetsFrame } from '../ui/sheets-frame.tsx'
import { usePlaceName } from './area-chip.tsx'
import type { FigureAsk } from './ask.ts'
import { KindTable, WeatherKey } from './barometer-view.tsx'
import { ReportAppendix } from './report-appendix.tsx'
import { ReportBarometer, ReportIndicators, ReportRanking } from './report-parts.tsx'
import { useBarometer, useDefinitions, useRanking, useSeries, useValues } from './use-figures.ts'
import { periodWords } from './words.ts'

addTexts(printingTexts)

interface ReportSheetProps {
  asked: FigureAsk
  workspace: Workspace
  onClose(): void
}

/** The period on paper: indicators, barometer, both rankings, and every formula; in the colours of paper in both themes. */
export default function ReportSheet({ asked, workspace, onClose }: ReportSheetProps) {
  const texts = useTexts()
  const { t } = texts
  const values = useValues(asked)
  const series = useSeries(asked)
  const definitions = useDefinitions()
  const barometer = useBarometer(asked)
  const rankings = [useRanking({ ...asked, scheme: 'jinniu' }), useRanking({ ...asked, scheme: 'kunshan' })]
  const everything = useAreaName(workspace.name)
  const area = usePlaceName(asked.area) ?? everything
  const ranked = rankings.flatMap(({ data }) => data ?? [])
  const isReady =
    values.data && series.data && definitions.data && barometer.data && ranked.length === rankings.length
  const failed = [values, series, definitions, barometer, ...rankings].find(({ error }) => error)
  return (
    <SheetsFrame
      title={t(`figures.reports.${asked.period.kind}`)}
      choices={null}
      state={isReady ? t('figures.reportReady') : t('figures.reportLoading')}
      isReady={Boolean(isReady)}
      printLabel={t('figures.printNow')}
      onClose={onClose}
    >
      {!isReady || !values.data || !series.data || !definitions.data || !barometer.data ? (
        <LoadState error={failed?.error ?? null} onRetry={() => void failed?.refetch()} />
      ) : (
        <>
          <article className="gw-paper gw-figures-report" data-testid="figures-report-sheet">
            <header>
              <h3>{t(`figures.reportTitles.${asked.period.kind}`)}</h3>
              <p>
                {workspace.demo && <b>{t('printing.demo')} · </b>}
                {t('figures.reportPeriod', { period: periodWords(asked.period, texts), area })}
              </p>
              <p>{t('figures.dataTime', { time: formatStamp(new Date(values.data.until)) })}</p>
            </header>
            <ReportIndicators definitions={definitions.data} values={values.data} series={series.data} />
          </article>
          <article className="gw-paper gw-figures-report">
            <section>
              <h4>{t('figures.reportBarometer')}</h4>
              <KindTable {...barometer.data} />
              <WeatherKey />
              <ReportBarometer barometer={barometer.data} cells={asked.cells} />
            </section>
          </article>
          {ranked.map((ranking) => (
            <article key={ranking.id} className="gw-paper gw-figures-report">
              <ReportRanking ranking={ranking} />
            </article>
          ))}
          <article className="gw-paper gw-figures-report">
            <ReportAppendix definitions={definitions.data} />
            <footer>
              <span>
                {workspace.reviewNumber ? `${t('map.review')} ${workspace.reviewNumber}` : t('map.noReview')}
              </span>
              <span>{t('figures.printedAt', { time: formatStamp(new Date()) })}</span>
            </footer>
          </article>
        </>
      )}
    </SheetsFrame>
  )
}
