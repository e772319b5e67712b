import { useEffect, useRef, useState } from 'react'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { FeaturesAsOf } from '../api/history.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { Twin, TwinLook } from '../map/twin.ts'
import { toastFailed } from '../ui/toast.tsx'
import type { Side } from './compare-state.ts'

export interface PaneProps {
  map: MapHandle
  side: Side
  /** CSS pixels of the map's container; the pane is as high as it. */
  left: number
  width: number
  /** Pixels by which what the pane shows lies to the right of it on the map below. */
  shift: number
  /** CSS clip-path. */
  clip: string | undefined
  look: TwinLook
  /** Layers drawn from `features`; all others from tiles. */
  fed: ReadonlySet<LayerId>
  features: ReadonlyMap<LayerId, FeaturesAsOf>
  /** When the points are looked at. */
  time: Date | undefined
}

const NONE: FeaturesAsOf['features'] = []

/** One side of the comparison: a second map over the first, which follows its camera and leaves pointers to it. */
export function Pane({ map, side, left, width, shift, clip, look, fed, features, time }: PaneProps) {
  const container = useRef<HTMLDivElement>(null)
  const [twin, setTwin] = useState<Twin | null>(null)
  const now = useRef(time)
  now.current = time
  const latest = useRef(look)
  latest.current = look
  const fedKey = [...fed].join()

  // biome-ignore lint/correctness/useExhaustiveDependencies: the looks are followed by another effect, the layers come as their key
  useEffect(() => {
    const gone = new AbortController()
    let opened: Twin | undefined
    map
      .twin({
        ...latest.current,
        container: container.current!,
        fed,
        now: () => now.current ?? new Date(),
        signal: gone.signal,
      })
      .then((made) => {
        if (gone.signal.aborted) return made.remove()
        opened = made
        setTwin(made)
      })
      .catch((error: unknown) => {
        if (!gone.signal.aborted) toastFailed(error)
      })
    return () => {
      gone.abort()
      opened?.remove()
      setTwin(null)
    }
  }, [map, fedKey])

  const { scheme, visible } = look
  useEffect(() => twin?.look({ scheme, visible }), [twin, scheme, visible])

  useEffect(() => {
    for (const layer of fed) twin?.setFeatures(layer, features.get(layer)?.features ?? NONE)
  }, [twin, fed, features])

  useEffect(() => {
    if (!twin) return
    const { map: live } = map
    const follow = () => {
      const { clientHeight } = live.getContainer()
      twin.map.jumpTo({
        center: live.unproject([left + width / 2 + shift, clientHeight / 2]),
        zoom: live.getZoom(),
        bearing: live.getBearing(),
        pitch: live.getPitch(),
      })
    }
    twin.map.resize()
    follow()
    live.on('move', follow)
    live.on('resize', follow)
    return () => {
      live.off('move', follow)
      live.off('resize', follow)
    }
  }, [twin, map, left, width, shift])

  return (
    <div
      className="gw-pane"
      style={{ left, width, clipPath: clip }}
      aria-hidden="true"
      data-testid={`pane-${side}`}
      data-ready={twin ? true : undefined}
    >
      <div ref={container} className="gw-pane-map" />
    </div>
  )
}
