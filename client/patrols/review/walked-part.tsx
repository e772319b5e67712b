import './walked.css'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { addTexts } from '../../ui/i18n.ts'
import { BackButton } from './back-button.tsx'
import { FiguresPart } from './figures-part.tsx'
import { PassedView } from './passed-view.tsx'
import { PlayView } from './play-view.tsx'
import { RunView } from './run-view.tsx'
import { texts } from './texts.ts'
import { readWalkedAsk, type WalkedAsk, writeWalkedAsk } from './walked-ask.ts'

addTexts(texts)

/** What was walked in a period against what was planned; one walk of it or all on the map. Needs the permission `track`. */
export default function WalkedPart(props: WorkPanelProps) {
  const asked = readWalkedAsk(props.ask) ?? { period: 'today', view: 'figures', by: 'round' }
  const put = (next: Partial<WalkedAsk>) => props.setAsk(writeWalkedAsk({ ...asked, ...next }))
  const { view, period } = asked
  const onLook = (runId: number) => put({ view: { runId } })
  return (
    <div className="gw-walked" data-testid="walked">
      {view === 'figures' ? (
        <FiguresPart {...props} key={period} asked={asked} put={put} onLook={onLook} />
      ) : (
        <>
          <BackButton onBack={() => put({ view: 'figures' })} />
          {view === 'play' && <PlayView {...props} period={period} onLook={onLook} />}
          {view === 'passed' && <PassedView {...props} period={period} onLook={onLook} />}
          {typeof view === 'object' && <RunView {...props} key={view.runId} runId={view.runId} />}
        </>
      )}
    </div>
  )
}
