import type { LoopNode } from './cut-face.ts'
import type { Frame, Vec } from './plane.ts'
import type { Random } from './random.ts'
import type { Block, Community, MicroDraft, Town } from './town.ts'
import type { Yard } from './yard.ts'

export interface EstateStyle {
  floors: number
  depth: number
  /** Metres from row to row. */
  pitch: number
  /** Metres between neighbours in a row. */
  gap: number
  /** Sections in the longest slab; 0: point towers. */
  sections: number
  unitsPerFloor: number
}

export const SECTION_METRES = 14.5

export function styleOf(block: Block, random: Random): EstateStyle {
  if (block.kind === 'towers') {
    const floors = random.pick([18, 24, 26, 28, 32, 33])
    return { floors, depth: 21, pitch: random.between(44, 50), gap: 17, sections: 0, unitsPerFloor: 4 }
  }
  const floors = block.kind === 'mid-rise' ? random.pick([9, 10, 11, 11]) : random.pick([5, 6, 6, 6, 7])
  const depth = random.between(11.5, 13.5)
  const sections = block.kind === 'mid-rise' ? random.pick([2, 3]) : random.pick([3, 3, 4])
  const gap = block.kind === 'mid-rise' ? 14 : random.between(8, 11)
  return {
    floors,
    depth,
    pitch: depth + floors * 3 * (block.kind === 'mid-rise' ? 0.9 : random.between(1, 1.12)),
    gap,
    sections,
    unitsPerFloor: 2,
  }
}
/** What the steps of building one estate share. */
export interface Estate {
  town: Town
  community: Community
  block: Block
  random: Random
  style: EstateStyle
  /** Axes of the rows; the first is near east. */
  frame: Frame
  /** Of the loop, in the frame. */
  bounds: Extent
  wall: readonly Vec[]
  loop: readonly Vec[]
  loopNodes: LoopNode[]
}

/** One micro-grid while it is being built: ground inside the loop drive. */
export interface Cell {
  face: number
  /** Middles of its rows, across the frame. */
  rows: number[]
  hasGreen: boolean
}

/** A cell with what stands on it. */
export interface Plot {
  yard: Yard
  ring: readonly Vec[]
  micro: MicroDraft
}

export const extent = (points: readonly Vec[]) => {
  const us = points.map((p) => p[0])
  const vs = points.map((p) => p[1])
  return { west: Math.min(...us), east: Math.max(...us), south: Math.min(...vs), north: Math.max(...vs) }
}
export type Extent = ReturnType<typeof extent>
