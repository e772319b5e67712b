import type { Bench, Mode } from '../bench.ts'
import { mergeMode } from './merge.ts'
import { selectMode } from './select.ts'
import { drawMode, holeMode, splitMode } from './sketching.ts'
import { moveMode, rotateMode, scaleMode } from './transforming.ts'
import { verticesMode } from './vertices.ts'

/** Ways of working, by the id under which texts and shortcuts know them. */
export const MODES = {
  select: selectMode,
  point: drawMode('point'),
  line: drawMode('line'),
  polygon: drawMode('polygon'),
  rectangle: drawMode('rectangle'),
  vertices: verticesMode,
  split: splitMode,
  merge: mergeMode,
  hole: holeMode,
  move: moveMode,
  rotate: rotateMode,
  scale: scaleMode,
} satisfies Record<string, (bench: Bench) => Mode>

export type ModeId =
  | 'select'
  | 'point'
  | 'line'
  | 'polygon'
  | 'rectangle'
  | 'vertices'
  | 'split'
  | 'merge'
  | 'hole'
  | 'move'
  | 'rotate'
  | 'scale'
