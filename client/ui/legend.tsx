import { useEffect, useRef } from 'react'
import type { useTexts } from './i18n.ts'
import type { Tokens } from './tokens.ts'

export type Swatch =
  | { kind: 'symbol'; size: number; draw: (context: CanvasRenderingContext2D, size: number) => void }
  | { kind: 'line'; colour: string; width: number; dash?: number[]; casing?: string }
  | { kind: 'fill'; colour: string; outline: string }

export interface LegendEntry {
  label: string
  swatch: Swatch
}

/** What a feature folder shows in the legend; the first entry stands for the layer itself. */
export type Legend = (tokens: Tokens, texts: ReturnType<typeof useTexts>) => LegendEntry[]

const WIDTH = 24
const HEIGHT = 20

/** Pixels of a usual screen; symbols grow with the text beside them. */
const rem = (pixels: number) => `${pixels / 16}rem`

/** A piece of the map's own drawing, beside its name. */
export function LegendSwatch({ swatch }: { swatch: Swatch }) {
  if (swatch.kind === 'symbol') return <SymbolSwatch {...swatch} />
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      style={{ width: rem(WIDTH), height: rem(HEIGHT) }}
      aria-hidden="true"
      className="gw-swatch"
    >
      {swatch.kind === 'fill' ? (
        <rect x="3" y="3" width="18" height="14" rx="2" fill={swatch.colour} stroke={swatch.outline} />
      ) : (
        <g fill="none" strokeWidth={swatch.width} strokeLinecap={swatch.dash ? 'butt' : 'round'}>
          {swatch.casing && <path d="M2 10h20" stroke={swatch.casing} strokeWidth={swatch.width + 2} />}
          <path d="M2 10h20" stroke={swatch.colour} strokeDasharray={swatch.dash?.join(' ')} />
        </g>
      )}
    </svg>
  )
}

function SymbolSwatch({ size, draw }: Extract<Swatch, { kind: 'symbol' }>) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const ratio = Math.max(2, Math.ceil(devicePixelRatio))
    const context = canvas.current!.getContext('2d')!
    canvas.current!.width = size * ratio
    canvas.current!.height = size * ratio
    context.scale(ratio, ratio)
    draw(context, size)
  })
  return (
    <span className="gw-swatch" style={{ width: rem(WIDTH) }}>
      <canvas ref={canvas} style={{ width: rem(size), height: rem(size) }} />
    </span>
  )
}
