import { type PointerEvent, useLayoutEffect, useRef } from 'react'

interface DragSurfaceProps {
  /** Screen pixels per pixel of the sheet. */
  fit: number
  /** CSS pixels of the sheet by which the picture was moved. */
  onMove(right: number, down: number): void
}

/** The picture follows the pointer; where it is let go, the map is drawn anew. Arrow buttons do the same in steps. */
export function DragSurface({ fit, onMove }: DragSurfaceProps) {
  const start = useRef<{ x: number; y: number }>(undefined)
  const surface = useRef<HTMLDivElement>(null)
  // Made anew with each picture, which lies where the old one was dragged to.
  useLayoutEffect(() => place(surface.current!, 0, 0), [])
  const moved = (event: PointerEvent) => ({
    right: (event.clientX - start.current!.x) / fit,
    down: (event.clientY - start.current!.y) / fit,
  })
  return (
    <div
      className="gw-print-drag"
      ref={surface}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        start.current = { x: event.clientX, y: event.clientY }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (!start.current) return
        const { right, down } = moved(event)
        place(event.currentTarget, right, down)
      }}
      onPointerUp={(event) => {
        if (!start.current) return
        const { right, down } = moved(event)
        start.current = undefined
        if (Math.hypot(right, down) > 2) onMove(right, down)
      }}
      onPointerCancel={(event) => {
        start.current = undefined
        place(event.currentTarget, 0, 0)
      }}
    />
  )
}

function place(element: Element, right: number, down: number): void {
  const frame = element.parentElement!
  frame.style.setProperty('--dragged-right', `${right}px`)
  frame.style.setProperty('--dragged-down', `${down}px`)
}
