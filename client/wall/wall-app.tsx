import { useEffect, useState, useSyncExternalStore } from 'react'
import { STANDARD_LAYOUT } from '../../geodata/walls/layout.schema.ts'
import type { WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import { useOnline } from '../live/use-online.ts'
import { useTexts } from '../ui/i18n.ts'
import type { WallAddress } from './address.ts'
import { bandsOf } from './bands.ts'
import { Bands } from './bands-view.tsx'
import { minuteOfDay } from './format.ts'
import { isNight } from './night.ts'
import { Refused } from './refused.tsx'
import { reloadPage } from './reload-page.ts'
import { judged, useRunning } from './use-judged.ts'
import { useLooks } from './use-looks.ts'
import { useRenewal } from './use-renewal.ts'
import { useWorkspace } from './use-workspace.ts'
import { openWallStore, type WallKnown, type WallStore } from './wall-store.ts'
import { WallView } from './wall-view.tsx'
import type { Judgement } from './watchdog.ts'

export function WallApp({ address }: { address: WallAddress }) {
  const [store, setStore] = useState<WallStore>()
  useEffect(() => {
    const opened = openWallStore({ ...address, onReload: () => void reloadPage() })
    setStore(opened)
    return () => opened.close()
  }, [address])
  return store && <Wall store={store} address={address} />
}

/** The page follows what the store knows; nothing on it is older than it says. */
function Wall({ store, address }: { store: WallStore; address: WallAddress }) {
  const known = useSyncExternalStore(store.subscribe, store.get)
  const beatMs = address.beatSeconds * 1000
  const runningMs = useRunning(beatMs)
  const judgement = judged(known, beatMs, runningMs)
  const { picture, beat, build, refused } = known
  const layout = picture?.layout ?? STANDARD_LAYOUT
  const looks = useLooks(layout, address)
  const pictureCount = known.pictureHeard?.runningMs ?? 0
  const world = useWorkspace(picture !== undefined && !refused, pictureCount)
  const { nowMs } = judgement
  const isNewBuild = typeof beat?.build === 'string' && build !== undefined && beat.build !== build
  const isHealthy = judgement.link === 'fresh' && judgement.picture === 'fresh' && !judgement.isBlind
  useRenewal({ isHealthy, isNewBuild, nowMs })
  // Another layout for a while, as a supervisor pushed it.
  const pushedView = stillMeant(known.view, nowMs)
  const pushedLayout = pushedView?.push.kind === 'view' ? (pushedView.push.layout ?? undefined) : undefined
  useEffect(() => {
    store.show({ layout: pushedLayout ?? address.layout, cells: pushedLayout ? undefined : address.cells })
  }, [store, pushedLayout, address])

  if (refused)
    return (
      <Refused
        wasAdmitted={picture !== undefined}
        sinceMs={known.pictureHeard?.serverMs}
        onAdmitted={store.retry}
      />
    )
  const night =
    layout.night && nowMs !== undefined && isNight(layout.night, minuteOfDay(nowMs))
      ? layout.night
      : undefined
  return (
    <>
      {picture && nowMs !== undefined ? (
        <WallView
          address={address}
          store={store}
          known={known}
          picture={picture}
          judgement={judgement}
          nowMs={nowMs}
          runningMs={runningMs}
          looks={looks}
          world={world}
          view={pushedView}
          message={stillMeant(known.message, nowMs)}
          isNewBuild={isNewBuild}
        />
      ) : (
        <Opening known={known} judgement={judgement} runningMs={runningMs} />
      )}
      {night && (
        <div className="gw-wall-night" style={{ opacity: 1 - night.brightness }} data-testid="wall-night" />
      )}
    </>
  )
}

const stillMeant = (pushed: WallPushed | undefined, nowMs: number | undefined): WallPushed | undefined =>
  pushed && nowMs !== undefined && Date.parse(pushed.until) > nowMs ? pushed : undefined

/** Before there is a picture: that it is on its way, or why it is not. */
function Opening({
  known,
  judgement,
  runningMs,
}: {
  known: WallKnown
  judgement: Judgement
  runningMs: number
}) {
  const words = useTexts()
  const isOnline = useOnline()
  return (
    <div className="gw-wall">
      <Bands bands={bandsOf(judgement, known, { runningMs, isOnline }, words)} />
      <p className="gw-wall-opening">{known.failure?.message ?? words.t('wall.opening')}</p>
    </div>
  )
}
