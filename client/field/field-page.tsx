import { IconLogout } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { MyRounds, MyStop } from '../../geodata/walks/my-round.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Looks } from '../ui/looks-buttons.tsx'
import { problemWords, toError } from '../ui/problem-words.ts'
import { DutyBar } from './duty-bar.tsx'
import { Fault } from './fault.tsx'
import type { FieldStore } from './field-store.ts'
import { clock } from './format-clock.ts'
import { Frame } from './frame.tsx'
import { GpxUpload } from './gpx-upload.tsx'
import type { Arounds } from './keep-around.ts'
import { MapPanel } from './map-panel.tsx'
import { NextStop } from './next-stop.tsx'
import { StopList } from './stop-list.tsx'
import { SyncLine } from './sync-line.tsx'
import { useNow } from './use-now.ts'
import { usePosition } from './use-position.ts'
import { useScreenOn } from './use-screen-on.ts'
import { WaitingSheet } from './waiting-sheet.tsx'
import { chooseRound, nextStop, progressOf } from './walk.ts'

// The worker keeps them too. With them come the schemas.
const RecordSheet = lazy(() => import('./record-sheet.tsx'))
const ReportSheet = lazy(() => import('./report-sheet.tsx'))

interface FieldPageProps {
  person: { id: number; name: string }
  looks: Looks
  store: FieldStore
  /** null: there is no network, and nothing was kept. */
  rounds: MyRounds | null | undefined
  arounds: Arounds | undefined
  error: Error | null
  onRetry(): void
  onAskWho(): void
  onLeave(): Promise<void>
}

const NO_TRACK: LngLat[] = []

type Sheet = { kind: 'record'; stop: MyStop } | { kind: 'report' } | { kind: 'waiting' }

/** The round of whoever is signed in: where to go, what to do there, and what the phone still holds. */
export function FieldPage({
  person,
  looks,
  store,
  rounds,
  arounds,
  error,
  onRetry,
  onAskWho,
  onLeave,
}: FieldPageProps) {
  const { t } = useTexts()
  const { duty, sent, track } = useSyncExternalStore(store.subscribe, store.state)
  const queue = useSyncExternalStore(store.queue.subscribe, store.queue.state)
  const now = useNow()
  const [chosenRound, setChosenRound] = useState<string>()
  const [chosenStop, setChosenStop] = useState<string>()
  const [sheet, setSheet] = useState<Sheet>()
  const [said, say] = useState('')
  const [attempt, setAttempt] = useState(0)

  const round = chooseRound(rounds?.rounds ?? [], { duty, chosen: chosenRound, now })
  const fix = usePosition(duty !== undefined, attempt, (position) => {
    void store.hear(position, (id) => round?.stops.find((stop) => stop.id === id)?.lngLat)
  })
  useScreenOn(duty !== undefined)
  useEffect(() => {
    const send = () => {
      void store.queue.send()
      onRetry()
    }
    addEventListener('online', send)
    return () => removeEventListener('online', send)
  }, [store, onRetry])

  const close = useCallback(() => setSheet(undefined), [])
  const stateOf = (stop: MyStop) =>
    progressOf(stop, { duty, items: queue.items, sent: (round && sent[round.roundId]) ?? [] })
  const stop = round && nextStop(round, chosenStop, stateOf)
  const position = fix.state === 'found' ? fix.position : undefined
  const sites = round?.stops.filter(({ checkpointId }) => checkpointId !== null) ?? []
  const done = sites.filter((site) => ['visited', 'probable', 'sent'].includes(stateOf(site))).length
  const nameOf = (id: string) =>
    rounds?.rounds.flatMap(({ stops }) => stops).find((one) => one.id === id)?.name ?? ''

  const account = (
    <button
      type="button"
      className="gw-field-icon"
      aria-label={`${t('field.signOut')} (${person.name})`}
      title={`${t('field.signOut')} (${person.name})`}
      // On duty nobody signs out by a slip: what is recorded is theirs.
      disabled={duty !== undefined}
      onClick={() => void onLeave().catch(onFault)}
    >
      <IconLogout size={20} />
    </button>
  )

  return (
    <Frame looks={looks} aside={account}>
      <div className="gw-field-status">
        <DutyBar
          round={round}
          duty={duty}
          fix={fix}
          now={now}
          onRetry={() => setAttempt((before) => before + 1)}
          onBegin={() => round && void store.begin(round).then(() => say(t('field.said.begun')), onFault)}
          onEnd={() => void store.end().then(() => say(t('field.said.ended')), onFault)}
        />
        <SyncLine
          queue={queue}
          asOf={rounds?.at}
          onOpen={() => setSheet({ kind: 'waiting' })}
          onAskWho={onAskWho}
        />
      </div>
      <p className="gw-field-said" role="status" data-testid="field-said">
        {said}
      </p>
      {error && (
        <Fault error={error}>
          <button type="button" className="gw-field-button" onClick={onRetry}>
            {t('field.again')}
          </button>
        </Fault>
      )}
      {rounds !== undefined && !round && !error && (
        <section className="gw-field-card" data-testid="field-empty">
          <h2>{t(rounds === null ? 'field.notKept' : 'field.noRounds')}</h2>
          {rounds !== null && <p className="gw-field-quiet">{t('field.noRoundsLead')}</p>}
          <button type="button" className="gw-field-button" onClick={onRetry}>
            {t('field.again')}
          </button>
        </section>
      )}
      {round && (
        <div className="gw-field-columns">
          <div className="gw-field-column">
            <header className="gw-field-round">
              {rounds && rounds.rounds.length > 1 && !duty ? (
                <select
                  aria-label={t('field.chooseRound')}
                  value={round.roundId}
                  onChange={(event) => setChosenRound(event.currentTarget.value)}
                >
                  {rounds.rounds.map((one) => (
                    <option key={one.roundId} value={one.roundId}>
                      {`${one.plan.name} · ${one.team.name} · ${clock(one.from)}–${clock(one.to)}`}
                    </option>
                  ))}
                </select>
              ) : (
                <strong>{`${round.plan.name} · ${round.team.name}`}</strong>
              )}
              <span>
                {t('field.roundHours', { from: clock(round.from), to: clock(round.to) })}
                {' · '}
                {t('field.progress', { done, all: sites.length })}
              </span>
            </header>
            <NextStop
              stop={stop}
              number={stop ? sites.indexOf(stop) + 1 : 0}
              all={sites.length}
              duty={duty}
              position={position}
              now={now}
              onArrive={(at) => {
                setChosenStop(undefined)
                void store
                  .arrive(at, position)
                  .then(() => say(t('field.said.arrived', { name: at.name })), onFault)
              }}
              onLeave={(at) =>
                void store.leave().then(() => say(t('field.said.left', { name: at.name })), onFault)
              }
              onRecord={(at) => setSheet({ kind: 'record', stop: at })}
              onReport={() => setSheet({ kind: 'report' })}
            />
          </div>
          <div className="gw-field-column">
            <MapPanel
              key={`${round.roundId} map`}
              round={round}
              around={arounds?.[round.roundId]?.around}
              current={stop?.id}
              stateOf={stateOf}
              isOnDuty={duty !== undefined}
              position={position}
              track={duty?.roundId === round.roundId ? track : NO_TRACK}
              scheme={looks.scheme}
              onChoose={setChosenStop}
            />
            <StopList
              stops={round.stops}
              current={stop?.id}
              stateOf={stateOf}
              waiting={queue.items}
              onChoose={(id) => {
                setChosenStop(id)
                window.scrollTo({ top: 0 })
              }}
            />
            <GpxUpload
              key={round.roundId}
              round={round}
              queue={queue}
              onSend={(file) => store.addGpx(round, file)}
            />
          </div>
        </div>
      )}
      <Suspense>
        {sheet?.kind === 'record' && round && (
          <RecordSheet
            name={sheet.stop.name}
            onClose={close}
            onSave={async (input) => {
              await store.record(round, { stopId: sheet.stop.id, ...input })
              say(t('field.said.recorded'))
            }}
          />
        )}
        {sheet?.kind === 'report' && round && (
          <ReportSheet
            position={position}
            stop={stop ?? round.stops[0]}
            onClose={close}
            onSave={async (input, photo) => {
              await store.report(round, input, photo)
              say(t('field.said.reported'))
            }}
            onJoined={() => say(t('field.said.joined'))}
          />
        )}
      </Suspense>
      {sheet?.kind === 'waiting' && (
        <WaitingSheet queue={store.queue} state={queue} nameOf={nameOf} onClose={close} />
      )}
    </Frame>
  )

  /** The phone could not keep it: full, or storage is refused. */
  function onFault(fault: unknown): void {
    say(problemWords(toError(fault)).said)
  }
}
