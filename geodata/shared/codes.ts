/** Codes of the hierarchy: community 12 digits, grid 15, micro-grid 17, building 22 (the last two are local). */
export const CODE_LENGTH = { communities: 12, grids: 15, 'micro-grids': 17, buildings: 22 } as const
export type CodedLayer = keyof typeof CODE_LENGTH

/** Layers of cells, from outer to inner. */
export const CELL_LAYERS = ['communities', 'grids', 'micro-grids'] as const satisfies readonly CodedLayer[]
export type CellLayer = (typeof CELL_LAYERS)[number]

export const isCellLayer = (layer: string): layer is CellLayer =>
  (CELL_LAYERS as readonly string[]).includes(layer)

export const isCodedLayer = (layer: string): layer is CodedLayer => layer in CODE_LENGTH

/** The layer whose code is a prefix of this layer's code. Communities have none. */
export const PARENT_LAYER = {
  communities: undefined,
  grids: 'communities',
  'micro-grids': 'grids',
  buildings: 'micro-grids',
} as const satisfies Record<CodedLayer, CodedLayer | undefined>

/** Digits of a layer's own sequence after its parent's code: 3 for a grid, 2 for a micro-grid, 5 for a building. */
export function sequenceDigits(layer: CodedLayer): number {
  const parent = PARENT_LAYER[layer]
  return parent ? CODE_LENGTH[layer] - CODE_LENGTH[parent] : 3
}

/**
 * A code given by a person or a file, brought to its full length. Older data has grids with a 2-digit sequence
 * (14 digits): a zero is put before the sequence. Returns undefined for anything that is not such a code.
 */
export function parseCode(layer: CodedLayer, text: string): string | undefined {
  const code = text.trim()
  if (!/^\d+$/.test(code)) return undefined
  if (layer === 'grids' && code.length === 14) return `${code.slice(0, 12)}0${code.slice(12)}`
  return code.length === CODE_LENGTH[layer] ? code : undefined
}

/** Which layer a full cell code names, by its length. */
export function layerOfCode(code: string): CodedLayer | undefined {
  if (!/^\d+$/.test(code)) return undefined
  return (Object.keys(CODE_LENGTH) as CodedLayer[]).find((layer) => CODE_LENGTH[layer] === code.length)
}
