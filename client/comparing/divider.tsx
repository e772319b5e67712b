import { IconArrowsHorizontal } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTexts } from '../ui/i18n.ts'

interface DividerProps {
  /** Free part of the map, CSS pixels of the map's container. */
  frame: { left: number; top: number; width: number; height: number }
  percent: number
  /** `kept` when the divider was let go. */
  onMove(percent: number, kept: boolean): void
}

const STEPS: Record<string, number> = {
  ArrowLeft: -2,
  ArrowDown: -2,
  ArrowRight: 2,
  ArrowUp: 2,
  PageDown: -10,
  PageUp: 10,
  Home: -100,
  End: 100,
}
const clamp = (percent: number) => Math.min(100, Math.max(0, percent))

/** The line between the sides: dragged, or moved by keys as the slider that it is. */
export function Divider({ frame, percent, onMove }: DividerProps) {
  const { t } = useTexts()
  const dragging = useRef<number>(undefined)

  function at(event: PointerEvent<HTMLDivElement>): number {
    const { left } = event.currentTarget.parentElement!.getBoundingClientRect()
    return clamp(((event.clientX - left - frame.left) / frame.width) * 100)
  }
  function onKey(event: KeyboardEvent) {
    const step = STEPS[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onMove(clamp(percent + step), true)
  }
  const said = Math.round(percent)
  return (
    <div
      className="gw-divider"
      style={{ left: frame.left + (frame.width * percent) / 100 }}
      role="slider"
      tabIndex={0}
      aria-label={t('comparing.divider')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={said}
      aria-valuetext={t('comparing.dividerAt', { percent: said })}
      data-testid="divider"
      onKeyDown={onKey}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        dragging.current = event.pointerId
      }}
      onPointerMove={(event) => {
        if (dragging.current === event.pointerId) onMove(at(event), false)
      }}
      onPointerUp={(event) => {
        if (dragging.current !== event.pointerId) return
        dragging.current = undefined
        onMove(at(event), true)
      }}
      onPointerCancel={() => {
        dragging.current = undefined
        onMove(percent, true)
      }}
    >
      <span className="gw-divider-grip" style={{ top: frame.top + frame.height / 2 }}>
        <IconArrowsHorizontal size={18} aria-hidden="true" />
      </span>
    </div>
  )
}
