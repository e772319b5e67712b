import type { Mesh } from './mesh.ts'
import { isInside, ringArea, type Vec } from './plane.ts'

/**
 * Outline of a union of faces as polygons, each an outer ring (anticlockwise) and its holes (clockwise), open rings.
 * Borders between faces of the union cancel; every vertex of the mesh on the outline is kept.
 */
export function outlineOf(mesh: Mesh, faces: readonly number[]): Vec[][][] {
  const own = new Set(faces)
  const onward = new Map<number, number[]>()
  for (const face of faces) {
    const ring = mesh.faces[face]!
    ring.forEach((from, i) => {
      const to = ring[(i + 1) % ring.length]!
      const other = mesh.faceBeside(to, from)
      if (other !== undefined && own.has(other)) return
      const list = onward.get(from)
      if (list) list.push(to)
      else onward.set(from, [to])
    })
  }
  const rings: Vec[][] = []
  for (const [start, starts] of onward) {
    while (starts.length > 0) {
      const ring = [start]
      let previous = start
      let at = starts.pop()!
      while (at !== start) {
        ring.push(at)
        const next = takeRightmost(mesh, previous, at, onward.get(at)!)
        previous = at
        at = next
      }
      rings.push(ring.map((node) => mesh.nodes[node]!))
    }
  }
  const outers = rings.filter((ring) => ringArea(ring) > 0).map((ring) => [ring])
  for (const hole of rings.filter((ring) => ringArea(ring) <= 0)) {
    outers.find(([outer]) => isInside(hole[0]!, outer!) || outers.length === 1)?.push(hole)
  }
  return outers
}

/** Where outlines touch in a point, the sharpest left turn keeps the rings apart from each other. */
function takeRightmost(mesh: Mesh, from: number, at: number, options: number[]): number {
  if (options.length === 1) return options.pop()!
  const [px, py] = mesh.nodes[from]!
  const [x, y] = mesh.nodes[at]!
  const back = Math.atan2(py - y, px - x)
  const turn = (to: number) => {
    const [tx, ty] = mesh.nodes[to]!
    const angle = back - Math.atan2(ty - y, tx - x)
    return ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)
  }
  const best = options.reduce((one, other) => (turn(other) < turn(one) ? other : one))
  options.splice(options.indexOf(best), 1)
  return best
}
