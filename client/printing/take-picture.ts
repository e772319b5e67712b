import { readCamera } from '../map/camera.ts'
import type { ToolProps } from '../map/tool.ts'
import { TOKENS } from '../ui/tokens.ts'
import { composePicture, PICTURE_FONT, type PictureParts } from './compose-picture.ts'

export type PictureWords = Pick<PictureParts, 'notes' | 'review' | 'legend' | 'decorations'>

/** What is seen between the panels, as a PNG with `words` around it. Rejects as MapHandle.snapshot does. */
export async function takePicture(
  { map, scheme }: Pick<ToolProps, 'map' | 'scheme'>,
  ratio: number,
  words: PictureWords,
  signal: AbortSignal,
): Promise<Blob> {
  const frame = map.visibleFrame()
  const { clientWidth: width, clientHeight: height } = map.map.getContainer()
  const { canvas, pixelRatio } = await map.snapshot({
    width,
    height,
    pixelRatio: ratio,
    camera: readCamera(map.map),
    scheme,
    signal,
  })
  const { title, groups } = words.legend ?? { title: '', groups: [] }
  const written = [
    ...words.notes,
    words.review,
    words.decorations?.title,
    words.decorations?.north,
    title,
    ...groups.flatMap((group) => [group.title, ...group.entries.map(({ label }) => label)]),
  ].join('')
  // A canvas does not wait for fonts; only the parts of them that the page has used are there.
  await Promise.all(
    [400, 600].map((weight) => document.fonts.load(`${weight} 14px ${PICTURE_FONT}`, written)),
  )
  const picture = composePicture({ ...words, map: canvas, ratio: pixelRatio, frame, tokens: TOKENS[scheme] })
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The browser could not encode a picture of this size.')
  return blob
}
