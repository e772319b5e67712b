import { type ReactNode, useEffect, useReducer } from 'react'
import { createPortal } from 'react-dom'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { FeaturesAsOf } from '../api/history.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { Scheme } from '../ui/tokens.ts'
import { type CompareState, SIDES, type Side } from './compare-state.ts'
import { Divider } from './divider.tsx'
import { Pane } from './pane.tsx'
import { useShiftedWheel } from './use-shifted-wheel.ts'

export interface Shows {
  name: ReactNode
  visible: ReadonlySet<LayerId>
  /** What the map itself shows: in a swipe it needs no pane. */
  asMap: boolean
  fed: ReadonlySet<LayerId>
  features: ReadonlyMap<LayerId, FeaturesAsOf>
  time: Date | undefined
}

interface SidesProps {
  map: MapHandle
  scheme: Scheme
  view: CompareState['view']
  percent: number
  shows: Record<Side, Shows | undefined>
  onMove(percent: number, kept: boolean): void
}

/** Width of the tool's card with the air beside it, CSS pixels. */
const CARD_PIXELS = 312
const WIDE_PIXELS = 560

/** A side that is all but gone keeps the beginning of its name. */
const LEAST_NAME_PIXELS = 80

/** What the card leaves free; where it lies below the map, or the map is narrow, the whole. */
function besideCard<F extends { left: number; width: number }>(frame: F): F {
  if (innerWidth < 900 || frame.width < WIDE_PIXELS) return frame
  return { ...frame, left: frame.left + CARD_PIXELS, width: frame.width - CARD_PIXELS }
}

/** The two sides over the map, which keeps the camera and the pointer. */
export function Sides({ map, scheme, view, percent, shows, onMove }: SidesProps) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const { map: live } = map
    live.on('resize', redraw)
    return () => {
      live.off('resize', redraw)
    }
  }, [map])
  // In halves a click would be answered from another place than the one that is seen.
  useEffect(() => (view === 'side' ? map.takeClicks() : undefined), [map, view])

  const container = map.map.getContainer()
  const whole = container.clientWidth
  const free = map.visibleFrame()
  const frame = besideCard(free)
  const middle = free.left + free.width / 2
  const cut = frame.left + (frame.width * (view === 'side' ? 50 : percent)) / 100
  const shiftOf = (side: Side) => middle - (cut + ((side === 'left' ? -1 : 1) * frame.width) / 4)
  const place = (side: Side) => {
    if (view === 'swipe')
      return {
        left: 0,
        width: whole,
        shift: 0,
        clip: side === 'left' ? `inset(0 ${whole - cut}px 0 0)` : `inset(0 0 0 ${cut}px)`,
      }
    const left = side === 'left' ? 0 : cut
    const width = side === 'left' ? cut : whole - cut
    // Both halves show in their middle what the map below has in the middle.
    return { left, width, shift: shiftOf(side), clip: undefined }
  }
  useShiftedWheel(map, view === 'side', cut, shiftOf('left'), shiftOf('right'))

  return createPortal(
    <>
      {SIDES.map((side) => {
        const shown = shows[side]
        if (!shown || (shown.asMap && view === 'swipe')) return null
        return (
          <Pane
            key={`${side} ${view}`}
            map={map}
            side={side}
            {...place(side)}
            look={{ scheme, visible: shown.visible }}
            fed={shown.fed}
            features={shown.features}
            time={shown.time}
          />
        )
      })}
      {SIDES.map(
        (side) =>
          shows[side] && (
            <p
              key={side}
              className="gw-side-name"
              data-testid={`side-${side}`}
              style={{
                // On a phone the tabs of the sheets and the coordinates lie above.
                top: frame.top + (innerWidth < 900 ? 84 : 8),
                ...(side === 'left' ? { right: whole - cut + 20 } : { left: cut + 20 }),
                maxWidth: Math.max(
                  LEAST_NAME_PIXELS,
                  (side === 'left' ? cut - frame.left : frame.left + frame.width - cut) - 24,
                ),
              }}
            >
              {shows[side].name}
            </p>
          ),
      )}
      {view === 'swipe' ? (
        <Divider frame={frame} percent={percent} onMove={onMove} />
      ) : (
        <div className="gw-halves" style={{ left: cut - 1 }} />
      )}
    </>,
    container,
  )
}
