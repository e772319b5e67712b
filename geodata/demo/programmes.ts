import type { BlockKind } from './town.ts'

/**
 * What a community consists of. The number beside a kind is the wanted area in square metres of its block. What is not
 * named becomes the community's common kind. `buildings` is what such a community has on average over many seeds.
 */
export interface Programme {
  common: BlockKind
  special: [BlockKind, number][]
  buildings: number
}

/** By place in the sub-district's plan: three rows from north to south, four columns from west to east. */
export const PROGRAMMES: Programme[][] = [
  [
    { common: 'towers', special: [['school', 30_000]], buildings: 92 },
    { common: 'mid-rise', special: [['hospital', 24_000]], buildings: 100 },
    {
      common: 'slabs',
      special: [
        ['park', 14_000],
        ['lanes', 42_000],
      ],
      buildings: 385,
    },
    {
      common: 'slabs',
      special: [
        ['industry', 50_000],
        ['industry', 50_000],
      ],
      buildings: 120,
    },
  ],
  [
    {
      common: 'slabs',
      special: [
        ['market', 9_000],
        ['lanes', 50_000],
      ],
      buildings: 450,
    },
    {
      common: 'slabs',
      special: [
        ['lanes', 50_000],
        ['lanes', 40_000],
        ['market', 8_000],
      ],
      buildings: 690,
    },
    {
      common: 'mid-rise',
      special: [
        ['offices', 26_000],
        ['park', 22_000],
        ['towers', 50_000],
      ],
      buildings: 85,
    },
    { common: 'slabs', special: [['school', 24_000]], buildings: 90 },
  ],
  [
    {
      common: 'slabs',
      special: [
        ['lanes', 30_000],
        ['park', 10_000],
      ],
      buildings: 310,
    },
    {
      common: 'mid-rise',
      special: [
        ['school', 30_000],
        ['offices', 18_000],
      ],
      buildings: 92,
    },
    { common: 'towers', special: [['market', 8_000]], buildings: 94 },
    {
      common: 'slabs',
      special: [
        ['village', 50_000],
        ['village', 50_000],
        ['village', 50_000],
        ['village', 45_000],
      ],
      buildings: 520,
    },
  ],
]
