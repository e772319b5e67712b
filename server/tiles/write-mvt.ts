import { PbfWriter } from 'pbf'
import { cleanLine, cleanRing } from './clean-shape.ts'
import type { Coordinates, TwkbShape } from './read-twkb.ts'
import { EXTENT } from './tile-address.ts'

export type MvtValue = string | number | boolean

export interface MvtFeature {
  id: number
  /** Tile units, y down. */
  shape: TwkbShape | { type: 'point'; x: number; y: number }
  /** Nulls are left out. */
  attributes: Record<string, MvtValue | null>
}

const TYPE = { point: 1, lines: 2, polygons: 3 } as const
const MOVE_TO = 1
const LINE_TO = 2
const CLOSE_PATH = 15

/**
 * One layer as a tile message of its own; tiles are joined by putting such messages one after the other. A feature of
 * whose shape nothing is left after cleaning is left out; no layer at all when none remains. `count` is of those that
 * are in it.
 * Source: Mapbox vector tile specification 2.1.
 */
export function writeMvtLayer(
  name: string,
  features: Iterable<MvtFeature>,
): { bytes: Uint8Array; count: number } {
  const keys = new Map<string, number>()
  const values = new Map<MvtValue, number>()
  const layer = new PbfWriter()
  layer.writeVarintField(15, 2)
  layer.writeStringField(1, name)
  let count = 0
  const writeFeature = ({ id, shape, attributes }: MvtFeature, commands: number[], pbf: PbfWriter) => {
    pbf.writeVarintField(1, id)
    const tags: number[] = []
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null) tags.push(indexIn(keys, key), indexIn(values, value))
    }
    pbf.writePackedVarint(2, tags)
    pbf.writeVarintField(3, TYPE[shape.type])
    pbf.writePackedVarint(4, commands)
  }
  for (const feature of features) {
    const commands = toCommands(feature.shape)
    if (commands.length === 0) continue
    layer.writeMessage(2, (_: null, pbf) => writeFeature(feature, commands, pbf), null)
    count++
  }
  if (count === 0) return { bytes: new Uint8Array(), count }
  for (const key of keys.keys()) layer.writeStringField(3, key)
  for (const value of values.keys()) layer.writeMessage(4, writeValue, value)
  layer.writeVarintField(5, EXTENT)
  const tile = new PbfWriter()
  tile.writeBytesField(3, layer.finish())
  return { bytes: tile.finish(), count }
}

function indexIn<K>(table: Map<K, number>, key: K): number {
  let index = table.get(key)
  if (index === undefined) {
    index = table.size
    table.set(key, index)
  }
  return index
}

function writeValue(value: MvtValue, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value)
  else if (typeof value === 'boolean') pbf.writeBooleanField(7, value)
  else if (!Number.isSafeInteger(value)) pbf.writeDoubleField(3, value)
  else if (value >= 0) pbf.writeVarintField(5, value)
  else pbf.writeSVarintField(6, value)
}

function toCommands(shape: MvtFeature['shape']): number[] {
  const pen = { commands: [] as number[], x: 0, y: 0 }
  if (shape.type === 'point') {
    pen.commands.push((1 << 3) | MOVE_TO)
    step(pen, shape.x, shape.y)
  } else if (shape.type === 'lines') {
    for (const line of shape.lines) {
      const clean = cleanLine(line)
      if (clean) draw(pen, clean)
    }
  } else {
    for (const [outer, ...holes] of shape.polygons) {
      const clean = outer && cleanRing(outer, true)
      if (!clean) continue
      drawRing(pen, clean)
      for (const hole of holes) {
        const cleanHole = cleanRing(hole, false)
        if (cleanHole) drawRing(pen, cleanHole)
      }
    }
  }
  return pen.commands
}

interface Pen {
  commands: number[]
  x: number
  y: number
}

function draw(pen: Pen, flat: Coordinates): void {
  pen.commands.push((1 << 3) | MOVE_TO)
  step(pen, flat[0]!, flat[1]!)
  pen.commands.push(((flat.length / 2 - 1) << 3) | LINE_TO)
  for (let i = 2; i < flat.length; i += 2) step(pen, flat[i]!, flat[i + 1]!)
}

function drawRing(pen: Pen, flat: Coordinates): void {
  draw(pen, flat)
  pen.commands.push(CLOSE_PATH)
}

function step(pen: Pen, x: number, y: number): void {
  const dx = x - pen.x
  const dy = y - pen.y
  pen.commands.push((dx << 1) ^ (dx >> 31), (dy << 1) ^ (dy >> 31))
  pen.x = x
  pen.y = y
}
