import type { BUILDING_USES } from '../places/building.schema.ts'
import type { LANDCOVER_KINDS } from '../places/landcover.schema.ts'
import type { Mesh } from './mesh.ts'
import type { Vec } from './plane.ts'
import type { Programme } from './programmes.ts'
import type { Random } from './random.ts'

export type BlockKind =
  | 'slabs'
  | 'mid-rise'
  | 'towers'
  | 'lanes'
  | 'village'
  | 'school'
  | 'hospital'
  | 'market'
  | 'industry'
  | 'offices'
  | 'park'
  | 'bank'

export interface BuildingDraft {
  /** Outer ring, then holes; local metres. */
  rings: Vec[][]
  use: (typeof BUILDING_USES)[number]
  floors: number
  heightMetres: number
  households: number
  name: string | null
  address: string | null
  /** What the building is to its surroundings, so that facilities and hazards know where to go. */
  role: 'slab' | 'tower' | 'house' | 'shop' | 'shed' | 'service-centre' | 'other'
}

export interface MicroDraft {
  faces: number[]
  buildings: BuildingDraft[]
}

export interface GridDraft {
  kind: 'general' | 'special'
  name: string
  micros: MicroDraft[]
}

export interface Block {
  kind: BlockKind
  face: number
  name: string
  address: string
  /** Radians: direction of the block's long streets, near east–west. */
  angle: number
  grids: GridDraft[]
}

export interface Community {
  /** Place in the sub-district's plan: column west→east, row north→south, and the sub-district it belongs to. */
  column: number
  row: number
  subDistrict: number
  programme: Programme
  name: string
  isVillage: boolean
  blocks: Block[]
  face: number
  angle: number
}

/** Spots that later become facilities and checkpoints. */
export type SiteKind =
  | 'gate'
  | 'waste'
  | 'ebikes'
  | 'green'
  | 'service-centre'
  | 'school'
  | 'kindergarten'
  | 'hospital'
  | 'market'
  | 'industry'
  | 'waterside'
  | 'square'
  | 'parking'

export interface Site {
  kind: SiteKind
  at: Vec
  name: string
  address: string
  community: Community
}

export interface Town {
  random: Random
  seed: number
  mesh: Mesh
  /** Factor on the ground that an old lane house takes; by it the town comes near the wanted number of buildings. */
  lanePlots: number
  communities: Community[]
  landcover: { kind: (typeof LANDCOVER_KINDS)[number]; name: string | null; rings: Vec[][] }[]
  sites: Site[]
  nextName: () => string
}
