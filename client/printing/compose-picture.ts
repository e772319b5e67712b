import type { Tokens } from '../ui/tokens.ts'
import { drawSwatch, SWATCH_HEIGHT, SWATCH_WIDTH } from './draw-swatch.ts'
import type { LegendGroup } from './legend-groups.ts'
import type { ScaleBar } from './scale.ts'

export interface PictureParts {
  /** The map, `ratio` pixels per CSS pixel; only the frame is taken of it. */
  map: HTMLCanvasElement
  ratio: number
  /** CSS pixels */
  frame: { left: number; top: number; width: number; height: number }
  tokens: Tokens
  /** undefined: without title, scale bar and north arrow */
  decorations:
    | {
        title: string
        north: string
        bearing: number
        /** undefined: a tilted view has no single scale */
        bar: (ScaleBar & { label: string }) | undefined
      }
    | undefined
  /** undefined: without legend */
  legend: { title: string; groups: LegendGroup[] } | undefined
  /** Whose data, of when: always on the picture. */
  notes: string[]
  review: string
}

export const PICTURE_FONT = "'Inter Variable', 'Noto Sans SC Variable', sans-serif"
const HEAD = 48
const PADDING = 12
const ROW = 22
const COLUMN = 176
const LINE = 18

/**
 * Lays the map's picture out with what has to be known of it: title above, legend beside, sources below, review number
 * at the bottom left of the map. CSS pixels throughout; the canvas has `ratio` of its own to each.
 */
export function composePicture(parts: PictureParts): HTMLCanvasElement {
  const { map, ratio, frame, tokens, decorations, legend, notes, review } = parts
  const head = decorations ? HEAD : 0
  const columns = legend ? layOutLegend(legend.groups, frame.height - 2 * PADDING - ROW) : []
  const legendWidth = legend ? Math.max(1, columns.length) * COLUMN + 2 * PADDING : 0
  const width = frame.width + legendWidth
  const measure = document.createElement('canvas').getContext('2d')!
  measure.font = `12px ${PICTURE_FONT}`
  const barWidth = decorations?.bar ? decorations.bar.pixels + 90 : 0
  const lines = wrap(measure, notes, width - 2 * PADDING - barWidth)
  const foot = Math.max(decorations ? 40 : 0, lines.length * LINE + 14)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round((head + frame.height + foot) * ratio)
  const context = canvas.getContext('2d')!
  context.scale(ratio, ratio)
  context.fillStyle = tokens.panel
  context.fillRect(0, 0, width, head + frame.height + foot)
  context.drawImage(
    map,
    frame.left * ratio,
    frame.top * ratio,
    frame.width * ratio,
    frame.height * ratio,
    0,
    head,
    frame.width,
    frame.height,
  )
  const text = (words: string, x: number, y: number, size: number, colour: string, weight = 400) => {
    context.font = `${weight} ${size}px ${PICTURE_FONT}`
    context.fillStyle = colour
    context.fillText(words, x, y)
  }
  context.textBaseline = 'middle'
  if (decorations) {
    text(decorations.title, PADDING, head / 2, 18, tokens.text, 600)
    drawNorth(context, frame.width - 32, head + 36, decorations.bearing, decorations.north, tokens)
  }
  plate(context, review, 8, head + frame.height - 30, tokens)
  if (legend) {
    text(legend.title, frame.width + PADDING, head + PADDING + ROW / 2, 14, tokens.text, 600)
    columns.forEach((rows, column) => {
      rows.forEach((row, at) => {
        const x = frame.width + PADDING + column * COLUMN
        const y = head + PADDING + ROW + at * ROW
        if (row.swatch) drawSwatch(context, row.swatch, x, y + (ROW - SWATCH_HEIGHT) / 2)
        text(
          shorten(context, row.label, COLUMN - SWATCH_WIDTH - 12, row.bold ? 600 : 400),
          row.swatch ? x + SWATCH_WIDTH + 6 : x,
          y + ROW / 2,
          12,
          row.bold ? tokens.text : tokens.muted,
          row.bold ? 600 : 400,
        )
      })
    })
  }
  const top = head + frame.height
  for (const [at, line] of lines.entries())
    text(line, PADDING + barWidth, top + 7 + (at + 0.5) * LINE, 12, tokens.muted)
  if (decorations?.bar) drawBar(context, decorations.bar, PADDING, top, tokens, text)
  context.fillStyle = tokens.line
  context.fillRect(0, top, width, 1)
  if (head) context.fillRect(0, head - 1, width, 1)
  if (legend) context.fillRect(frame.width, head, 1, frame.height)
  return canvas
}

type Text = (words: string, x: number, y: number, size: number, colour: string, weight?: number) => void

function drawBar(
  context: CanvasRenderingContext2D,
  bar: ScaleBar & { label: string },
  x: number,
  top: number,
  tokens: Tokens,
  text: Text,
): void {
  context.strokeStyle = tokens.text
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(x, top + 14)
  context.lineTo(x, top + 22)
  context.lineTo(x + bar.pixels, top + 22)
  context.lineTo(x + bar.pixels, top + 14)
  context.stroke()
  text(bar.label, x + bar.pixels + 8, top + 18, 12, tokens.text)
}

/** A line of words on a plate that keeps it readable on any map. */
function plate(context: CanvasRenderingContext2D, words: string, x: number, y: number, tokens: Tokens): void {
  context.font = `12px ${PICTURE_FONT}`
  context.globalAlpha = 0.88
  context.fillStyle = tokens.panel
  context.beginPath()
  context.roundRect(x, y, context.measureText(words).width + 16, 22, 4)
  context.fill()
  context.globalAlpha = 1
  context.fillStyle = tokens.text
  context.fillText(words, x + 8, y + 11)
}

function drawNorth(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  bearing: number,
  label: string,
  tokens: Tokens,
): void {
  context.save()
  context.translate(x, y)
  context.globalAlpha = 0.88
  context.fillStyle = tokens.panel
  context.beginPath()
  context.roundRect(-22, -28, 44, 56, 6)
  context.fill()
  context.globalAlpha = 1
  context.rotate((-bearing * Math.PI) / 180)
  context.strokeStyle = tokens.text
  context.fillStyle = tokens.text
  context.lineJoin = 'round'
  for (const side of [1, -1]) {
    context.beginPath()
    context.moveTo(0, -9)
    context.lineTo(8 * side, 20)
    context.lineTo(0, 14)
    context.closePath()
    if (side === 1) context.fill()
    context.stroke()
  }
  context.font = `600 12px ${PICTURE_FONT}`
  context.textAlign = 'center'
  context.fillText(label, 0, -17)
  context.restore()
}

interface LegendRow {
  label: string
  swatch: LegendGroup['entries'][number]['swatch'] | undefined
  bold: boolean
}

/** The legend's rows in columns of the map's height. */
export function layOutLegend(groups: LegendGroup[], height: number): LegendRow[][] {
  const rows = groups.flatMap(({ title, entries }): LegendRow[] => {
    const [only] = entries
    if (entries.length === 1 && only) return [{ label: title, swatch: only.swatch, bold: true }]
    return [
      { label: title, swatch: undefined, bold: true },
      ...entries.map(({ label, swatch }) => ({ label, swatch, bold: false })),
    ]
  })
  const most = Math.max(1, Math.floor(height / ROW))
  return Array.from({ length: Math.ceil(rows.length / most) }, (_, at) =>
    rows.slice(at * most, (at + 1) * most),
  )
}

function shorten(context: CanvasRenderingContext2D, words: string, width: number, weight: number): string {
  context.font = `${weight} 12px ${PICTURE_FONT}`
  if (context.measureText(words).width <= width) return words
  const letters = [...words]
  while (letters.length > 1 && context.measureText(`${letters.join('')}…`).width > width) letters.pop()
  return `${letters.join('')}…`
}

/** Notes beside each other as long as there is room, then on the next line. */
function wrap(context: CanvasRenderingContext2D, notes: string[], width: number): string[] {
  const lines: string[] = []
  for (const note of notes) {
    const joined = lines.length > 0 ? `${lines.at(-1)}    ${note}` : note
    if (lines.length > 0 && context.measureText(joined).width <= width) lines[lines.length - 1] = joined
    else lines.push(shorten(context, note, width, 400))
  }
  return lines
}
