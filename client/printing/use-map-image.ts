import { useEffect, useState } from 'react'
import type { MapHandle } from '../map/map-handle.ts'
import { METRES_PER_PAPER_PIXEL, zoomOfScale } from './scale.ts'
import type { SheetState } from './sheet-state.ts'

const DPI = 200
const METRES_PER_INCH = 0.0254
const PAPER_PIXELS_PER_INCH = METRES_PER_INCH / METRES_PER_PAPER_PIXEL
/** While someone turns the scale or writes, nothing is drawn. */
const CALM_MS = 250

export type MapImage =
  | { state: 'drawing'; url: string | undefined }
  | { state: 'drawn'; url: string; dpi: number }
  | { state: 'failed'; url: string | undefined }

/** The map drawn for the frame of the sheet, as a picture of 200 dpi; drawn again whenever the frame changes. */
export function useMapImage(
  map: MapHandle,
  sheet: Pick<SheetState, 'scale' | 'centre' | 'bearing'>,
  frame: { wide: number; high: number },
  attempt: number,
): MapImage {
  const [image, setImage] = useState<MapImage>({ state: 'drawing', url: undefined })
  const { scale, bearing } = sheet
  const [lng, lat] = sheet.centre
  const { wide, high } = frame
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt draws the same sheet again
  useEffect(() => {
    const stop = new AbortController()
    setImage(({ url }) => ({ state: 'drawing', url }))
    const draw = async () => {
      const { canvas, pixelRatio } = await map.snapshot({
        width: wide,
        height: high,
        pixelRatio: DPI / PAPER_PIXELS_PER_INCH,
        camera: { lng, lat, zoom: zoomOfScale(scale, lat), bearing, pitch: 0 },
        // Paper is white.
        scheme: 'light',
        signal: stop.signal,
      })
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
      if (!blob) throw new Error('The browser could not encode the picture.')
      if (stop.signal.aborted) return
      const url = URL.createObjectURL(blob)
      setImage({ state: 'drawn', url, dpi: Math.round(pixelRatio * PAPER_PIXELS_PER_INCH) })
    }
    const timer = setTimeout(() => {
      draw().catch((error: unknown) => {
        if (stop.signal.aborted) return
        console.warn('The map for the print sheet was not drawn.', error)
        setImage(({ url }) => ({ state: 'failed', url }))
      })
    }, CALM_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [map, scale, lng, lat, bearing, wide, high, attempt])

  const { url } = image
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url])
  return image
}

export const isFullResolution = (image: MapImage) => image.state !== 'drawn' || image.dpi >= DPI - 1
