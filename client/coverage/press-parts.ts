import type { MapMouseEvent } from 'maplibre-gl'
import type { MapHandle } from '../map/map-handle.ts'
import type { DrawnParts } from './draw-parts.ts'

const REACH_PIXELS = 5

/**
 * Tells which feature of a part is pressed, until the function returned is called. Where none lies, the press is for the map as
 * ever; where one does, nothing under it is selected.
 */
export function pressParts(
  handle: MapHandle,
  pressed: DrawnParts['pressed'],
  tell: (pressed: { part: string; id: number }) => void,
): () => void {
  const { map } = handle
  let release: (() => void) | undefined
  const under = ({ point: { x, y } }: MapMouseEvent) => {
    const layers = pressed.map(({ layer }) => layer).filter((layer) => map.getLayer(layer))
    if (layers.length === 0) return undefined
    const exact = map.queryRenderedFeatures([x, y], { layers })
    const near = map.queryRenderedFeatures(
      [
        [x - REACH_PIXELS, y - REACH_PIXELS],
        [x + REACH_PIXELS, y + REACH_PIXELS],
      ],
      { layers },
    )
    for (const { layer, part } of pressed) {
      const hit = [...exact, ...near.filter((one) => one.geometry.type !== 'Polygon')].find(
        (one) => one.layer.id === layer,
      )
      if (hit) return { part, id: Number(hit.id) }
    }
    return undefined
  }
  const letGo = () => {
    release?.()
    release = undefined
  }
  // Before the click itself, so that it is not taken for a selection.
  const onDown = (event: MapMouseEvent) => {
    letGo()
    if (under(event)) release = handle.takeClicks()
  }
  const onClick = (event: MapMouseEvent) => {
    if (!release) return
    const hit = under(event)
    // Let go once everyone has heard of the click.
    setTimeout(letGo)
    if (hit) tell(hit)
  }
  const onMove = (event: MapMouseEvent) => {
    if (!map.isMoving() && under(event)) map.getCanvas().style.cursor = 'pointer'
  }
  map.on('mousedown', onDown)
  map.on('click', onClick)
  map.on('mousemove', onMove)
  return () => {
    letGo()
    map.off('mousedown', onDown)
    map.off('click', onClick)
    map.off('mousemove', onMove)
  }
}
