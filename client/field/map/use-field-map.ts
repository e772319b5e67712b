import { type GeoJSONSource, type Map as MapLibreMap, ScaleControl } from 'maplibre-gl'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Bbox } from '../../../geodata/shared/geojson.ts'
import { putImage } from '../../map/draw-image.ts'
import { restyle } from '../../map/restyle.ts'
import { type Scheme, TOKENS, type Tokens } from '../../ui/tokens.ts'
import { ARROW, mapStyle, type SourceName } from './map-style.ts'
import { type MapFault, openMap } from './open-map.ts'

/** Room for the marks, and on the right for the tools. */
export const FIT = { padding: { top: 36, bottom: 40, left: 36, right: 84 }, maxZoom: 17 }

interface MapStart {
  box: Bbox
  scheme: Scheme
  label: string
}

/** A map in a container: made once, then of the theme in use. undefined until its style is there. */
export function useFieldMap(
  container: RefObject<HTMLDivElement | null>,
  { box, scheme, label }: MapStart,
): { map: MapLibreMap | undefined; fault: MapFault | undefined } {
  const [map, setMap] = useState<MapLibreMap>()
  const [fault, setFault] = useState<MapFault>()
  const applied = useRef(scheme)
  const start = useRef({ box, scheme, label })

  useEffect(() => {
    let made: MapLibreMap | undefined
    let isGone = false
    const shown = container.current!
    const { box, scheme, label } = start.current
    applied.current = scheme
    const style = mapStyle(TOKENS[scheme])
    const options = { container: shown, style, bounds: box, fitBoundsOptions: FIT }
    void openMap(options, () => !isGone).then((opened) => {
      if (!opened) return
      if (typeof opened === 'string') {
        if (!isGone) setFault(opened)
        return
      }
      made = opened
      opened.getCanvas().setAttribute('aria-label', label)
      opened.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-left')
      putArrow(opened, TOKENS[scheme])
      // Said for whoever waits for the picture to be complete.
      opened.on('idle', () => shown.toggleAttribute('data-settled', true))
      opened.on('dataloading', () => shown.toggleAttribute('data-settled', false))
      opened.once('style.load', () => setMap(opened))
    })
    return () => {
      isGone = true
      made?.remove()
      setMap(undefined)
    }
  }, [container])

  useEffect(() => {
    if (!map || applied.current === scheme) return
    putArrow(map, TOKENS[scheme])
    restyle(map, mapStyle(TOKENS[applied.current]), mapStyle(TOKENS[scheme]))
    applied.current = scheme
  }, [map, scheme])
  return { map, fault }
}

/** Puts data on the map, and anew when they are others. */
export function useMapData(map: MapLibreMap | undefined, source: SourceName, data: GeoJSON.GeoJSON): void {
  useEffect(() => {
    map?.getSource<GeoJSONSource>(source)?.setData(data)
  }, [map, source, data])
}

const ARROW_PIXELS = 12

function putArrow(map: MapLibreMap, tokens: Tokens): void {
  putImage(map, ARROW, {
    size: ARROW_PIXELS,
    draw(context, size) {
      context.lineWidth = 1.8
      context.lineCap = 'round'
      context.lineJoin = 'round'
      context.strokeStyle = tokens.onColour
      context.translate(size / 2, size / 2)
      context.stroke(new Path2D('M-1.2 -2.6 L1.6 0 L-1.2 2.6'))
    },
  })
}
