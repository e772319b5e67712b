import type { Tokens } from '../ui/tokens.ts'
import type { DrawSymbol, SymbolImage } from './layer-module.ts'

/** Shapes shared by symbols and legends: a diamond, a rounded square and a ring can be told apart without colour. */
export type Shape = 'diamond' | 'square' | 'circle'

export function tracePath(
  context: CanvasRenderingContext2D,
  shape: Shape,
  centre: number,
  radius: number,
): void {
  context.beginPath()
  if (shape === 'circle') context.arc(centre, centre, radius, 0, Math.PI * 2)
  else if (shape === 'square')
    context.roundRect(centre - radius, centre - radius, radius * 2, radius * 2, radius * 0.42)
  else {
    const reach = radius * 1.22
    const soft = radius * 0.2
    context.moveTo(centre - soft, centre - reach + soft)
    context.quadraticCurveTo(centre, centre - reach, centre + soft, centre - reach + soft)
    context.lineTo(centre + reach - soft, centre - soft)
    context.quadraticCurveTo(centre + reach, centre, centre + reach - soft, centre + soft)
    context.lineTo(centre + soft, centre + reach - soft)
    context.quadraticCurveTo(centre, centre + reach, centre - soft, centre + reach - soft)
    context.lineTo(centre - reach + soft, centre + soft)
    context.quadraticCurveTo(centre - reach, centre, centre - reach + soft, centre - soft)
    context.closePath()
  }
}

export interface Badge {
  shape: Shape
  fill: string
  stroke: string
  /** CSS pixels from the centre to the edge of the fill */
  radius: number
  strokeWidth?: number
  /** Draws the pictogram over the shape. */
  mark?: DrawSymbol
}

/** A filled shape with a casing that keeps it apart from whatever lies below. */
export function badge({ shape, fill, stroke, radius, strokeWidth = 1.5, mark }: Badge): SymbolImage {
  const size = Math.ceil((radius * 1.25 + strokeWidth + 1) * 2)
  return {
    size,
    draw(context) {
      tracePath(context, shape, size / 2, radius)
      context.fillStyle = fill
      context.fill()
      context.lineWidth = strokeWidth
      context.strokeStyle = stroke
      context.stroke()
      mark?.(context, size)
    },
  }
}

/** A glyph of one or two letters in the middle. */
export const letter =
  (text: string, colour: string, pixels: number): DrawSymbol =>
  (context, size) => {
    context.font = `700 ${pixels}px 'Inter Variable', sans-serif`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillStyle = colour
    context.fillText(text, size / 2, size / 2 + pixels * 0.05)
  }

/** Strokes of a 24 × 24 icon, drawn in the middle at `pixels` edge length. */
export const pictogram =
  (paths: readonly string[], colour: string, pixels: number): DrawSymbol =>
  (context, size) => {
    context.save()
    context.translate((size - pixels) / 2, (size - pixels) / 2)
    context.scale(pixels / 24, pixels / 24)
    context.lineWidth = 2.1
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.strokeStyle = colour
    for (const path of paths) context.stroke(new Path2D(path))
    context.restore()
  }

export const clusterBadge = (shape: Shape, fill: string, tokens: Tokens, large: boolean): SymbolImage =>
  badge({ shape, fill, stroke: tokens.halo, radius: large ? 16 : 12.5, strokeWidth: 2 })
