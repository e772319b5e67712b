import './figures.css'
import { Button, SegmentedControl } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { CellLevel } from '../ui/cell-level.tsx'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import { AreaChip, KindChip } from './area-chip.tsx'
import { type FigureAsk, isOver, readAsk, spanOf, VIEWS, writeAsk } from './ask.ts'
import { BarometerView } from './barometer-view.tsx'
import { IndicatorDetail } from './indicator-detail.tsx'
import { IndicatorList } from './indicator-list.tsx'
import { PeriodField } from './period-field.tsx'
import { RankingView } from './ranking-view.tsx'
import { texts } from './texts.ts'

addTexts(texts)

const ReportSheet = lazy(() => import('./report-sheet.tsx'))

/** What a view of the workspace is given. */
export interface FigureProps extends WorkPanelProps {
  asked: FigureAsk
  change(next: Partial<FigureAsk>): void
}

/** Figures of any period and area, from the history alone; each leads to its formula and its rows. */
export default function FiguresPanel(props: WorkPanelProps) {
  const { ask, setAsk, workspace } = props
  const { t } = useTexts()
  const [onPaper, setOnPaper] = useState(false)
  const now = Date.now()
  const asked = readAsk(ask, now)
  const change = (next: Partial<FigureAsk>) => setAsk(writeAsk({ ...asked, ...next }))
  const view: FigureProps = { ...props, asked, change }
  const hasBegun = Date.parse(spanOf(asked.period).from) < now
  const isDetail = asked.view === 'indicators' && asked.open !== undefined
  return (
    <>
      <div className="gw-figures-head">
        {!isDetail && (
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('figures.view')}
            value={asked.view}
            onChange={(next) =>
              change({
                view: VIEWS.find((known) => known === next) ?? 'indicators',
                count: undefined,
                categories: undefined,
              })
            }
            data={VIEWS.map((value) => ({ value, label: t(`figures.views.${value}`) }))}
            data-testid="figures-view"
          />
        )}
        <PeriodField period={asked.period} now={now} onChange={(period) => change({ period })} />
        {asked.area && <AreaChip code={asked.area} onLeave={() => change({ area: undefined })} />}
        {asked.view === 'indicators' && asked.categories && (
          <KindChip categories={asked.categories} onLeave={() => change({ categories: undefined })} />
        )}
        <CellLevel value={asked.cells} onChange={(cells) => change({ cells })} />
      </div>
      {hasBegun ? (
        <Suspense fallback={<PanelSkeleton />}>
          {asked.view === 'barometer' ? (
            <BarometerView {...view} />
          ) : asked.view === 'ranking' ? (
            <RankingView {...view} />
          ) : asked.open ? (
            <IndicatorDetail key={asked.open} {...view} id={asked.open} />
          ) : (
            <IndicatorList {...view} isOver={isOver(asked.period, now)} />
          )}
        </Suspense>
      ) : (
        <p className="gw-hint" role="status">
          {t('figures.noPeriod')}
        </p>
      )}
      {!isDetail && hasBegun && (
        <Button
          variant="default"
          fullWidth
          mt={10}
          leftSection={<IconFileText size={16} />}
          onClick={() => setOnPaper(true)}
          data-testid="figures-report"
        >
          {t(`figures.openReports.${asked.period.kind}`)}
        </Button>
      )}
      {onPaper && (
        <Suspense>
          <ReportSheet asked={asked} workspace={workspace} onClose={() => setOnPaper(false)} />
        </Suspense>
      )}
    </>
  )
}
