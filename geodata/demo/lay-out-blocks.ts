import { cutAcross } from './cut-across.ts'
import { cutBanks } from './cut-banks.ts'
import type { Random } from './random.ts'
import type { Block, BlockKind, Community, Town } from './town.ts'

const STREET = { kind: 'minor', halfWidth: 7.5, snap: 16, step: 48, turn: 0.07, bend: 0.045 } as const
const LARGEST_BLOCK = 52_000

/** Cuts a community into bank strips along its water and street blocks, and says what each block is. */
export function layOutBlocks(town: Town, community: Community, random: Random): void {
  const banks = cutBanks(town, community)
  const streets: number[] = []
  bisect(town, community.face, community.angle, random, streets, 0)
  const { programme } = community
  community.isVillage = programme.special.filter(([kind]) => kind === 'village').length > 1
  const free = streets.toSorted((a, b) => town.mesh.area(b) - town.mesh.area(a))
  for (const [kind, area] of programme.special) {
    if (free.length === 0) break
    const face = takeFace(town, free, area, community.angle, random)
    community.blocks.push(newBlock(town, community, face, kind))
  }
  for (const face of free) community.blocks.push(newBlock(town, community, face, programme.common))
  for (const face of banks) community.blocks.push(newBlock(town, community, face, 'bank'))
}

function newBlock(town: Town, community: Community, face: number, kind: BlockKind): Block {
  return {
    kind,
    face,
    name: kind === 'bank' ? '' : town.nextName(),
    address: '',
    angle: community.angle,
    grids: [],
  }
}

/** The free block nearest to the wanted area, or a piece cut off a larger one. */
function takeFace(town: Town, free: number[], wanted: number, angle: number, random: Random): number {
  const { mesh } = town
  const misfit = (face: number) => Math.abs(Math.log(mesh.area(face) / wanted))
  const best = free.toSorted((a, b) => misfit(a) - misfit(b))[0]!
  free.splice(free.indexOf(best), 1)
  const share = wanted / mesh.area(best)
  if (share > 0.68) return best
  const cut = cutAcross(town, best, angle, Math.max(0.3, share), random, STREET)
  if (!cut) return best
  const [small, large] =
    mesh.area(cut[0]) < mesh.area(cut[1]) ? [cut[0], cut[1]] : ([cut[1], cut[0]] as const)
  free.push(large)
  return small
}

function bisect(town: Town, face: number, angle: number, random: Random, out: number[], depth: number): void {
  const area = town.mesh.area(face)
  const isSmallEnough = area < LARGEST_BLOCK || (area < LARGEST_BLOCK * 1.25 && random.chance(0.35))
  const cut = isSmallEnough
    ? undefined
    : cutAcross(town, face, angle, random.between(0.42, 0.58), random, STREET)
  if (!cut) {
    out.push(face)
    return
  }
  for (const part of cut) bisect(town, part, angle, random, out, depth + 1)
}
