import type { AtomGraph } from './atom-graph.ts'

/** How much a cell should hold; both ends belong to it. */
export interface Band {
  min: number
  max: number
}

export interface PartitionProblem {
  graph: AtomGraph
  /** What each atom weighs: whole numbers, not below 0. */
  weights: Float64Array
  band: Band
  /** How many cells are wanted; left out: as many as the band asks for. */
  count?: number
  /** The cell that each atom lies in now, from 0; −1: none. Given: atoms stay where they are unless something is gained. */
  standing?: Int32Array
}

/** What counts most among partitions that keep to the band. */
export const PRIORITIES = ['balance', 'compact', 'streets', 'moves'] as const
export type Priority = (typeof PRIORITIES)[number]

/** Why no partition can keep to the band. */
export type Impossible =
  /** No whole number of cells has count·min ≤ total ≤ count·max. */
  | { reason: 'no-count'; total: number; fewest: number; most: number }
  /** The count wanted is not among those that the band allows. */
  | { reason: 'count'; total: number; count: number; fewest: number; most: number }
  /** There are fewer buildings that are whole than cells wanted. */
  | { reason: 'too-few'; atoms: number; count: number }
  /** Every way to share the atoms out was tried. */
  | { reason: 'searched'; tried: number }

/** A cell that is heavier than the maximum because of one atom that alone is. */
export const isOversize = (weight: number, { max }: Band): boolean => weight > max

export const totalOf = (weights: Float64Array): number => weights.reduce((sum, weight) => sum + weight, 0)

/** How far a weight is outside the band. */
export const missOf = (weight: number, { min, max }: Band): number =>
  weight < min ? min - weight : weight > max ? weight - max : 0
