import './tip.css'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { TipSide } from './tip.ts'

const REST_MS = 300
/** Between the control and its tip, and between a tip and the edge of the window. */
const GAP_PIXELS = 8

const tipped = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null

/**
 * Shows the tip of the control that the pointer rests on or the keyboard has come to. One for the whole page, loaded
 * after it: a hundred buttons need no library for placing things each. Escape, a press and going on put it away.
 */
export default function TipHost() {
  const [control, setControl] = useState<HTMLElement>()
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined
    const show = (next: HTMLElement | null, after: number) => {
      clearTimeout(resting)
      setControl((now) => (now === next ? now : undefined))
      if (next) resting = setTimeout(() => setControl(next), after)
    }
    const away = () => show(null, 0)
    // A finger covers what it touches, and a tip would stay behind it.
    const over = ({ target, pointerType }: PointerEvent) =>
      pointerType !== 'touch' && show(tipped(target), REST_MS)
    const focus = ({ target }: FocusEvent) =>
      target instanceof Element && target.matches(':focus-visible') && show(tipped(target), 0)
    const press = ({ key }: KeyboardEvent) => key === 'Escape' && away()
    document.addEventListener('pointerover', over)
    document.addEventListener('focusin', focus)
    document.addEventListener('focusout', away)
    document.addEventListener('keydown', press)
    for (const put of ['pointerdown', 'pointerleave', 'wheel']) document.addEventListener(put, away)
    return () => {
      clearTimeout(resting)
      document.removeEventListener('pointerover', over)
      document.removeEventListener('focusin', focus)
      document.removeEventListener('focusout', away)
      document.removeEventListener('keydown', press)
      for (const put of ['pointerdown', 'pointerleave', 'wheel']) document.removeEventListener(put, away)
    }
  }, [])
  return control?.isConnected ? <Tip control={control} /> : null
}

function Tip({ control }: { control: HTMLElement }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const tip = box.current!
    const at = control.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = tip
    const side = control.dataset.tipSide as TipSide
    const left = {
      below: at.left + (at.width - width) / 2,
      left: at.left - GAP_PIXELS - width,
      right: at.right + GAP_PIXELS,
    }[side]
    const top = side === 'below' ? at.bottom + GAP_PIXELS : at.top + (at.height - height) / 2
    const within = (wanted: number, most: number) => Math.max(GAP_PIXELS, Math.min(wanted, most - GAP_PIXELS))
    tip.style.left = `${within(left, innerWidth - width)}px`
    tip.style.top = `${within(top, innerHeight - height)}px`
  }, [control])
  return (
    <div ref={box} className="gw-tip" aria-hidden="true">
      {control.dataset.tip}
    </div>
  )
}
