import sharp, { type Sharp } from 'sharp'
import { PHOTO_SIZES } from '../../geodata/notes/note.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { type ImageFormat, sniffImage } from './sniff-image.ts'

/** Phones of 50 megapixels give 8,192 × 6,144. Decoded, this many take 150 MB. */
export const MAX_PIXELS = 52_000_000
const TIMEOUT_SECONDS = 30

/** What every photo is kept as. */
export const PHOTO_TYPE = 'image/jpeg'

export interface Sizes {
  full: Uint8Array
  thumb: Uint8Array
  /** of the full size, pixels, as it is looked at */
  width: number
  height: number
}

/**
 * A photo drawn anew as JPEG in two sizes: turned as its EXIF says, in sRGB, on white where it was transparent, the
 * first picture of an animation. Nothing else of the file is kept: no EXIF, GPS, comments or trailing bytes.
 * Throws unsupported-format, too-large (pixels) and unreadable-file (damaged, cut short, too slow to decode).
 */
export async function makeSizes(bytes: Uint8Array): Promise<Sizes> {
  const format = sniffImage(bytes)
  const full = await draw(bytes, format, PHOTO_SIZES.full, 84)
  // From the large size: the file is decoded once.
  const thumb = await shrink(sharp(full.data), PHOTO_SIZES.thumb, 78).toBuffer()
  return { full: full.data, thumb, width: full.info.width, height: full.info.height }
}

async function draw(bytes: Uint8Array, format: ImageFormat, edge: number, quality: number) {
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated: false })
    const found = await image.metadata()
    // Another decoder than the one that the first bytes call for is none of those that are trusted here.
    if (found.format !== format) throw new Error(`it begins as ${format} and goes on as ${found.format}`)
    return await shrink(image.autoOrient().timeout({ seconds: TIMEOUT_SECONDS }), edge, quality).toBuffer({
      resolveWithObject: true,
    })
  } catch (error) {
    throw decodeProblem(error as Error)
  }
}

const shrink = (image: Sharp, edge: number, quality: number) =>
  image
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality })

function decodeProblem(error: Error): Problem {
  if (/exceeds pixel limit/i.test(error.message))
    return new Problem(
      'too-large',
      `The picture has more than ${MAX_PIXELS / 1e6} million pixels. Make it smaller and send it again.`,
    )
  if (/timeout/i.test(error.message))
    return new Problem(
      'unreadable-file',
      `The picture took longer than ${TIMEOUT_SECONDS} s to decode. Save it anew, smaller, and send that.`,
    )
  return new Problem(
    'unreadable-file',
    `The picture is damaged or cut short (${error.message.split('\n')[0]!.slice(0, 160)}). Choose the original file again.`,
  )
}
