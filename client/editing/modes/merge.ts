import { mergeCells } from '../../../geodata/editing/merge-cells.ts'
import { isCellLayer } from '../../../geodata/shared/codes.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { Bench, Mode } from '../bench.ts'
import { pickFeature } from '../pick-feature.ts'
import { type FeatureRef, refKey } from '../working-set.ts'

/** Clicks put cells in and out; finishing makes them one, which keeps the first one's code. */
export function mergeMode(bench: Bench): Mode {
  const { map } = bench.handle
  const { target } = bench.state()
  if (target) bench.change({ picked: [target] })

  function toggle(ref: FeatureRef) {
    const { picked } = bench.state()
    if (picked.length === 0) {
      bench.change({ picked: [ref] })
      return bench.setTarget(ref)
    }
    if (!bench.set.current(ref)) return bench.refuse({ ok: false, reason: 'outside-area' })
    const without = picked.filter((other) => refKey(other) !== refKey(ref))
    bench.change({ picked: without.length < picked.length ? without : [...picked, ref], refused: undefined })
    bench.redraw()
  }
  const choose = (at: LngLat) => {
    const found = pickFeature(bench, bench.drafted(), bench.state().layer, at)
    if (found) toggle(found)
  }
  const onClick = ({ lngLat }: { lngLat: { lng: number; lat: number } }) => choose([lngLat.lng, lngLat.lat])
  map.on('click', onClick)
  return {
    place: choose,
    toggle,
    refresh() {
      const { picked, target: now } = bench.state()
      const kept = picked.filter((ref) => bench.set.current(ref))
      const next = kept.length === 0 && now ? [now] : kept
      if (next.length !== picked.length) {
        bench.change({ picked: next })
        bench.redraw()
      }
    },
    finish() {
      const { picked } = bench.state()
      const [first] = picked
      const { cells } = bench.set
      if (!first || !cells || !isCellLayer(first.layer) || picked.length < 2)
        return bench.refuse({ ok: false, reason: 'no-target' })
      const edit = mergeCells(
        cells,
        first.layer,
        picked.map(({ id }) => id),
      )
      if (!edit.ok) return bench.refuse(edit)
      bench.change({ picked: [first] })
      bench.commitCells(edit)
      bench.setTarget(first)
    },
    cancel() {
      const { picked } = bench.state()
      if (picked.length < 2) return false
      bench.change({ picked: picked.slice(0, 1), refused: undefined })
      bench.redraw()
      return true
    },
    stop: () => void map.off('click', onClick),
  }
}
