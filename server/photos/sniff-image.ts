import { Problem } from '../../geodata/shared/problem.ts'

export type ImageFormat = 'jpeg' | 'png' | 'webp'

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to))

/** Major brands of HEIC, HEIF and AVIF files (ISO/IEC 23008-12). */
const HEIF_BRANDS = /^(hei[cmsxf]|hev[cmsx]|mif[12]|msf1|avi[fs])$/

/**
 * What a file is by its first bytes; what it says of itself elsewhere (Content-Type, name) is not asked. Throws
 * unsupported-format for everything but JPEG, PNG and WebP.
 */
export function sniffImage(bytes: Uint8Array): ImageFormat {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp'
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIF_BRANDS.test(ascii(bytes, 8, 12)))
    throw unsupported(
      'is HEIC or AVIF. Convert it to JPEG and send that; on an iPhone, Settings › Camera › Formats › Most ' +
        'Compatible takes photos as JPEG',
    )
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) throw unsupported('is a GIF. Save it as PNG or JPEG')
  if (ascii(bytes, 0, 5) === '%PDF-') throw unsupported('is a PDF. Send its pages as pictures')
  if (bytes.length === 0) throw unsupported('is empty. Choose the photo again')
  throw unsupported('is not a picture known here. Send JPEG, PNG or WebP')
}

const unsupported = (found: string) =>
  new Problem('unsupported-format', `The file ${found}. JPEG, PNG and WebP are taken.`)
