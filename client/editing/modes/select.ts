import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { Bench, Mode } from '../bench.ts'
import { pickFeature } from '../pick-feature.ts'

/** A click chooses the feature of the layer at hand; a click beside every feature lets go. */
export function selectMode(bench: Bench): Mode {
  const { map } = bench.handle
  const choose = (at: LngLat) => bench.setTarget(pickFeature(bench, bench.drafted(), bench.state().layer, at))
  const onClick = ({ lngLat }: { lngLat: { lng: number; lat: number } }) => choose([lngLat.lng, lngLat.lat])
  map.on('click', onClick)
  return {
    place: choose,
    cancel() {
      const { target } = bench.state()
      if (target) bench.setTarget(undefined)
      return target !== undefined
    },
    stop: () => void map.off('click', onClick),
  }
}
