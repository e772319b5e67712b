import { Map as MapLibreMap, type MapOptions, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

let ready: Promise<void> | undefined

/**
 * Browsers hold a worker to the service worker of its own address, which here is not the page's: without a network its
 * script would not be found. The page fetches it, and MapLibre is given a copy.
 */
function prepareWorker(): Promise<void> {
  ready ??= (async () => {
    const answer = await fetch(workerUrl)
    if (!answer.ok) throw new Error(`The map's worker answered ${answer.status}.`)
    setWorkerUrl(URL.createObjectURL(new Blob([await answer.blob()], { type: 'text/javascript' })))
  })()
  ready.catch(() => {
    ready = undefined
  })
  return ready
}

export type MapFault = 'no-webgl' | 'not-loaded'

/** A map, or why there is none. `isWanted`: it may have been closed meanwhile, and then none is made. */
export async function openMap(
  options: MapOptions,
  isWanted: () => boolean,
): Promise<MapLibreMap | MapFault | undefined> {
  try {
    await prepareWorker()
  } catch {
    return 'not-loaded'
  }
  if (!isWanted()) return undefined
  let map: MapLibreMap
  try {
    map = new MapLibreMap({
      attributionControl: false,
      maxPitch: 0,
      maxZoom: 20,
      fadeDuration: 0,
      renderWorldCopies: false,
      // North or ahead, by its button: a map that a thumb turned by a slip is hard to read.
      dragRotate: false,
      ...options,
    })
  } catch {
    return 'no-webgl'
  }
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  return map
}
