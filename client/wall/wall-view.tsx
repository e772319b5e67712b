import type { WallFigureId } from '../../geodata/walls/layout.schema.ts'
import type { WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import type { WallPicture } from '../../geodata/walls/picture.schema.ts'
import { useOnline } from '../live/use-online.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Scheme } from '../ui/tokens.ts'
import type { WallAddress } from './address.ts'
import { AlarmPanel } from './alarm-panel.tsx'
import { AnswerBar } from './answer-bar.tsx'
import { bandsOf } from './bands.ts'
import { Bands, Notices } from './bands-view.tsx'
import { Controls } from './controls.tsx'
import { FigureDetail } from './figure-detail.tsx'
import { FigureStrip } from './figure-strip.tsx'
import { formatClockSeconds } from './format.ts'
import { Maps } from './maps.tsx'
import { Message } from './message.tsx'
import { noticesOf } from './notices.ts'
import { SourceLine } from './source-line.tsx'
import { Status } from './status.tsx'
import { useAnswers } from './use-answers.ts'
import { useChoice } from './use-choice.ts'
import type { Type } from './use-looks.ts'
import { useNews } from './use-news.ts'
import { useStatus } from './use-status.ts'
import { useTour } from './use-tour.ts'
import { useWallKeys } from './use-wall-keys.ts'
import type { WallWorld } from './use-workspace.ts'
import type { WallKnown, WallStore } from './wall-store.ts'
import { type Judgement, worse } from './watchdog.ts'

interface WallViewProps {
  address: WallAddress
  store: WallStore
  known: WallKnown
  picture: WallPicture
  judgement: Judgement
  /** The server's time. */
  nowMs: number
  runningMs: number
  looks: Type & { scheme: Scheme }
  world: WallWorld | undefined
  view: WallPushed | undefined
  message: WallPushed | undefined
  isNewBuild: boolean
}

/** Figures that rest on what phones send. */
const OF_POSITIONS: ReadonlySet<WallFigureId> = new Set(['sites-missed', 'coverage-today'])
/** Where area, four figures, tour and clock stand side by side; on a narrower wall the figures have a line of their own. */
const ONE_TIER_EM = 54
const NONE: ReadonlySet<WallFigureId> = new Set()
/** Alarms of these levels stop the tour. */
const STOPPING_LEVEL = 2

export function WallView(props: WallViewProps) {
  const { address, store, known, picture, judgement, nowMs, runningMs, looks } = props
  const { world, view, message, isNewBuild } = props
  const words = useTexts()
  const { t } = words
  const isOnline = useOnline()
  const { layout, alarms, tour: stops } = picture
  const { isBlind, link, sources } = judgement
  const may = world?.permissions.includes('wall') ?? false

  const answerable = alarms.alarms.filter(({ state }) => state === 'new')
  const worst = layout.tour.stopsOnWorst
    ? answerable.find(({ level, lngLat }) => level <= STOPPING_LEVEL && lngLat !== null)
    : undefined
  const dwellMs = layout.tour.dwellSeconds * 1000
  const count = layout.tour.isOn ? stops.length : 0
  const choice = useChoice(alarms)
  const { chosen } = choice
  const open = new Set(answerable.map(({ key }) => key))
  const [tour, moveTour] = useTour(
    { stops: count, dwellMs, worst: worst?.key, open },
    !isBlind && chosen === undefined && view === undefined,
    runningMs,
  )
  const answers = useAnswers(nowMs, store.ask)
  useWallKeys({ choice, tour: moveTour, answers: may ? answers : undefined })
  const { fresh, isBlocked } = useNews(
    answerable.map(({ key }) => key),
    `${layout.id} ${address.cells}`,
    layout.sound,
  )

  const held = chosen ?? alarms.alarms.find(({ key }) => key === tour.heldBy)
  const stop = count > 1 ? stops[tour.at] : undefined
  const silent = sources.find(({ id }) => id === 'positions')?.state
  const isPositionBlind = silent === 'band' || (silent === 'unknown' && link !== 'fresh')
  const area = areaName(picture, words)
  const blindOnes = isPositionBlind ? OF_POSITIONS : NONE
  const figure = picture.figures.find(({ id }) => id === choice.figure)
  const dataMs = known.pictureHeard?.serverMs
  const bands = bandsOf(judgement, known, { runningMs, isOnline }, words)
  const notices = noticesOf({ known, runningMs, looks, layout, isBlocked, isNewBuild }, words)
  useStatus({
    name: address.name,
    layout: layout.id === null ? undefined : layout.name,
    build: known.build,
    problem: [...bands.map(({ said }) => said), ...notices].join(' · '),
    isHeard: link === 'fresh',
  })
  return (
    <div
      className="gw-wall"
      data-blind={isBlind || undefined}
      data-testid="wall"
      data-level={worse(link, judgement.picture)}
    >
      <header className="gw-wall-head" data-tiers={innerWidth / looks.pixels < ONE_TIER_EM ? 2 : 1}>
        <h1>
          <span>{area}</span>
          <small>
            {held ? (held.gridName ?? t('wall.tour.held')) : (stop?.name ?? t('wall.tour.overview'))}
          </small>
        </h1>
        <FigureStrip
          figures={picture.figures}
          isBlind={isBlind}
          blindOnes={blindOnes}
          typePixels={looks.pixels}
          opened={figure?.id}
          onOpen={choice.openFigure}
        />
        <Status
          nowMs={nowMs}
          dataMs={dataMs}
          level={worse(link, judgement.picture)}
          tour={tour}
          stops={count}
          dwellMs={dwellMs}
        />
      </header>
      <Bands bands={bands} />
      {message && <Message pushed={message} />}
      <Notices notices={notices} />
      <main className="gw-wall-body">
        <div className="gw-wall-left">
          <Maps
            picture={picture}
            held={held}
            stop={stop}
            view={view}
            nowMs={nowMs}
            looks={looks}
            world={world}
            groundChanges={known.groundChanges}
          />
          {isBlind && dataMs !== undefined && (
            <p className="gw-wall-stopped">{t('wall.mapStopped', { time: formatClockSeconds(dataMs) })}</p>
          )}
          {figure && (
            <FigureDetail
              figure={figure}
              picture={picture}
              isBlind={isBlind || blindOnes.has(figure.id)}
              nowMs={nowMs}
              onClose={() => choice.openFigure(figure.id)}
            />
          )}
          <SourceLine sources={sources} nowMs={nowMs} reviewNumber={world?.workspace.reviewNumber} />
          <Controls mayManage={may} layout={address.layout} role={world?.role} />
        </div>
        <div className="gw-wall-right">
          <AlarmPanel
            list={alarms}
            lastAnswer={picture.lastAnswer}
            next={picture.hazards.find(({ dueAt }) => dueAt !== null && Date.parse(dueAt) >= nowMs)}
            choice={choice}
            nowMs={nowMs}
            typePixels={looks.pixels}
            fresh={fresh}
            answers={
              may && (
                <AnswerBar
                  alarm={chosen}
                  answers={answers}
                  isShelving={choice.isShelving}
                  onShelving={choice.onShelving}
                />
              )
            }
          />
          {isBlind && dataMs !== undefined && (
            <p className="gw-wall-stopped">{t('wall.alarmsUnknown', { time: formatClockSeconds(dataMs) })}</p>
          )}
        </div>
      </main>
    </div>
  )
}

function areaName({ area }: WallPicture, { t }: Pick<ReturnType<typeof useTexts>, 't'>): string {
  const [name] = area.names
  if (name === undefined) return area.bbox === null ? t('wall.nowhere') : t('wall.everything')
  return area.count > 1 ? t('wall.areas', { name, count: area.count }) : name
}
