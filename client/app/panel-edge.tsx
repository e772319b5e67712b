import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTexts } from '../ui/i18n.ts'
import { LIMITS, type Side, setPanelSize, USUAL } from '../ui/panel-size.ts'

const STEP = 16

interface PanelEdgeProps {
  side: Side
  /** Width that the panel has now, units of 1/16 rem. */
  width: number
  /** Pixels of such a unit. */
  unit: number
  onFold(): void
}

/** The edge of a panel: drag it, or focus it and use the arrow keys; Home and End go to the limits, Enter folds. */
export function PanelEdge({ side, width, unit, onFold }: PanelEdgeProps) {
  const { t } = useTexts()
  const from = useRef<{ x: number; width: number } | null>(null)
  const [least, most] = LIMITS[side]
  const grows = side === 'layers' ? 1 : -1
  const set = (next: number) => setPanelSize({ [side]: next })

  function onKeyDown(event: KeyboardEvent) {
    const step = event.shiftKey ? STEP * 4 : STEP
    const next = {
      ArrowLeft: width - step * grows,
      ArrowRight: width + step * grows,
      Home: least,
      End: most,
    }[event.key]
    if (next === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (next === undefined) onFold()
    else set(next)
  }
  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, width }
  }
  function onPointerMove(event: PointerEvent) {
    if (from.current) set(from.current.width + ((event.clientX - from.current.x) * grows) / unit)
  }
  const end = () => {
    from.current = null
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a control; hr cannot be one
    <div
      className="gw-edge"
      data-side={side}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('panel.resize', { panel: t(side === 'layers' ? 'panel.left' : 'panel.place') })}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => set(USUAL[side])}
    />
  )
}
