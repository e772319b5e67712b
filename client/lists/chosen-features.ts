import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { filteredExportUrl, getRows, MAX_IDS } from '../api/lists.ts'
import { boxOf } from '../map/box-of.ts'

async function* inParts(layer: LayerId, ids: readonly number[]): AsyncGenerator<StoredFeature[]> {
  for (let from = 0; from < ids.length; from += MAX_IDS)
    yield await getRows(layer, ids.slice(from, from + MAX_IDS), true)
}

/** The box around the features; undefined when none of them is left. Throws ApiError. */
export async function boxOfFeatures(layer: LayerId, ids: readonly number[]): Promise<Bbox | undefined> {
  let all: Bbox | undefined
  for await (const part of inParts(layer, ids))
    for (const { geometry } of part) {
      if (!geometry) continue
      const [west, south, east, north] = boxOf(geometry)
      all = all
        ? [Math.min(all[0], west), Math.min(all[1], south), Math.max(all[2], east), Math.max(all[3], north)]
        : [west, south, east, north]
    }
  return all
}

/** Saves the features as a GeoJSON file: the server's own export as far as one question names them all. Throws ApiError. */
export async function downloadFeatures(layer: LayerId, ids: readonly number[]): Promise<void> {
  if (ids.length <= MAX_IDS) return save(filteredExportUrl(layer, {}, { ids }), '')
  const features: StoredFeature[] = []
  for await (const part of inParts(layer, ids)) features.push(...part)
  const file = new Blob([JSON.stringify({ type: 'FeatureCollection', features })], {
    type: 'application/geo+json',
  })
  const address = URL.createObjectURL(file)
  save(address, `${layer}-${features.length}.geojson`)
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

function save(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}
