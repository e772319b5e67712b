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

/** Throws where there is no WebGL 2, or its worker is out of reach. `isWanted`: it may have been closed meanwhile. */
export async function openMap(
  options: MapOptions,
  isWanted: () => boolean,
): Promise<MapLibreMap | undefined> {
  await prepareWorker()
  if (!isWanted()) return undefined
  const map = new MapLibreMap({
    attributionControl: false,
    maxPitch: 0,
    maxZoom: 20,
    fadeDuration: 0,
    renderWorldCopies: false,
    // North or ahead, by its button: a map that a thumb turned by a slip is hard to read.
    dragRotate: false,
    ...options,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  return map
}

/** WebGL 2 is asked for apart, so that what is missing can be told from what could not be loaded. */
export const hasWebGl = (): boolean => document.createElement('canvas').getContext('webgl2') !== null
