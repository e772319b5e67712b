import type { Swatch } from '../ui/legend.tsx'

export const SWATCH_WIDTH = 24
export const SWATCH_HEIGHT = 20

/** The same drawing as LegendSwatch, on a canvas, with its left top corner at x, y. */
export function drawSwatch(context: CanvasRenderingContext2D, swatch: Swatch, x: number, y: number): void {
  context.save()
  context.translate(x, y)
  if (swatch.kind === 'symbol') {
    const scale = Math.min(1, SWATCH_HEIGHT / swatch.size)
    context.translate((SWATCH_WIDTH - swatch.size * scale) / 2, (SWATCH_HEIGHT - swatch.size * scale) / 2)
    context.scale(scale, scale)
    swatch.draw(context, swatch.size)
  } else if (swatch.kind === 'fill') {
    context.beginPath()
    context.roundRect(3, 3, 18, 14, 2)
    context.fillStyle = swatch.colour
    context.fill()
    context.strokeStyle = swatch.outline
    context.stroke()
  } else {
    context.lineCap = swatch.dash ? 'butt' : 'round'
    const stroke = (colour: string, width: number) => {
      context.beginPath()
      context.moveTo(2, SWATCH_HEIGHT / 2)
      context.lineTo(SWATCH_WIDTH - 2, SWATCH_HEIGHT / 2)
      context.strokeStyle = colour
      context.lineWidth = width
      context.stroke()
    }
    if (swatch.casing) stroke(swatch.casing, swatch.width + 2)
    context.setLineDash(swatch.dash ?? [])
    stroke(swatch.colour, swatch.width)
  }
  context.restore()
}
