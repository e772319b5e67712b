import './report.css'
import { Loader } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { formatStamp } from '../printing/format-stamp.ts'
import { METRES_PER_PAPER_PIXEL, metresPerDegree, scaleToFit } from '../printing/scale.ts'
import { texts as printingTexts } from '../printing/texts.ts'
import { useMapImage } from '../printing/use-map-image.ts'
import { FactList } from '../ui/fact-list.tsx'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { SheetsFrame } from '../ui/sheets-frame.tsx'
import { viewOf } from './analysis-views.ts'
import { AreaWords } from './area-words.tsx'
import { extentOf } from './extent-of.ts'
import { PartLegend } from './part-legend.tsx'
import { changeShown } from './shown-parts.ts'
import { titleOf } from './title-of.ts'

addTexts(printingTexts)

interface ReportSheetProps {
  analysis: Analysis
  map: MapHandle
  workspace: Workspace
  onClose(): void
}

/** CSS pixels of paper: 190 × 120 mm, what A4 leaves between its margins. */
const FRAME = {
  wide: Math.round(0.19 / METRES_PER_PAPER_PIXEL),
  high: Math.round(0.12 / METRES_PER_PAPER_PIXEL),
}
const METRES_PER_DEGREE_OF_LATITUDE = 111_200
const AIR = 1.1
const SMALLEST_METRES = 100

/** The analysis on paper: what was asked, the map, what was found, and how fresh the data are. */
export default function ReportSheet({ analysis, map, workspace, onClose }: ReportSheetProps) {
  const texts = useTexts()
  const { t } = texts
  const box = useMemo(() => extentOf(analysis) ?? map.visibleBox(), [analysis, map])
  const view = useMemo(() => frameOf(box), [box])
  const image = useMapImage(map, view, FRAME, 0)
  // The picture is taken a moment later, of the map behind the sheet.
  useEffect(() => {
    changeShown(analysis.id, { isOnPaper: true })
    return () => changeShown(analysis.id, { isOnPaper: false })
  }, [analysis.id])
  const shown = viewOf(analysis.kind)
  const blocks = shown?.report?.(analysis, texts) ?? []
  const { finishedAt, staleSince, createdBy, notes } = analysis
  return (
    <SheetsFrame
      title={t('coverage.report')}
      choices={null}
      state={
        image.state === 'drawing' ? (
          <>
            <Loader size={14} /> {t('coverage.drawingMap')}
          </>
        ) : (
          t('coverage.readyToPrint')
        )
      }
      isReady={image.state !== 'drawing'}
      printLabel={t('coverage.printNow')}
      onClose={onClose}
    >
      <article className="gw-paper gw-report" data-testid="report">
        <header>
          <h3>{titleOf(analysis, texts)}</h3>
          <p>
            {workspace.demo && <b>{t('printing.demo')} · </b>}
            {t(`coverage.kinds.${analysis.kind}.name`)} · <AreaWords codes={analysis.area} />
          </p>
        </header>
        <div className="gw-report-map">
          {image.state === 'failed' ? (
            <p role="alert">{t('coverage.noMap')}</p>
          ) : (
            image.url && (
              <img
                src={image.url}
                alt={t('printing.mapImage', {
                  title: titleOf(analysis, texts),
                  scale: view.scale.toLocaleString('en-US'),
                })}
              />
            )
          )}
          <span className="gw-report-scale">1:{view.scale.toLocaleString('en-US')}</span>
          <span className="gw-report-review">
            {workspace.reviewNumber ? `${t('map.review')} ${workspace.reviewNumber}` : t('map.noReview')}
          </span>
        </div>
        <div className="gw-report-blocks">
          {blocks.map(({ title, facts }) => (
            <section key={title}>
              <h4>{title}</h4>
              <FactList facts={facts} />
            </section>
          ))}
          <PartLegend analysis={analysis} scheme="light" />
        </div>
        {notes.length > 0 && shown && (
          <section>
            <h4>{t('coverage.notes')}</h4>
            <ul>
              {notes.map((note) => (
                <li key={JSON.stringify(note)}>{shown.note(note, texts)}</li>
              ))}
            </ul>
          </section>
        )}
        <footer>
          <span>
            {t('coverage.computed', {
              time: finishedAt ? formatStamp(new Date(finishedAt)) : '—',
              by: createdBy,
            })}
            {staleSince && ` · ${t('coverage.staleSince', { time: formatStamp(new Date(staleSince)) })}`}
          </span>
          <span>
            {t('printing.sources')}:{' '}
            {[...new Set(workspace.attributions.map(({ attribution }) => attribution))].join(' · ') || '—'}
          </span>
          <span>
            {t('printing.printedAt')} {formatStamp(new Date())}
          </span>
        </footer>
      </article>
    </SheetsFrame>
  )
}

function frameOf([west, south, east, north]: Bbox) {
  const centre: [number, number] = [(west + east) / 2, (south + north) / 2]
  const metres = {
    wide: Math.max(SMALLEST_METRES, (east - west) * metresPerDegree(centre[1])) * AIR,
    high: Math.max(SMALLEST_METRES, (north - south) * METRES_PER_DEGREE_OF_LATITUDE) * AIR,
  }
  return { centre, scale: scaleToFit(metres, FRAME), bearing: 0 }
}
