import { Problem } from '../../geodata/shared/problem.ts'
import { type GpxTrack, gpxReader } from '../../geodata/tracks/read-gpx.ts'

export const GPX_BYTES_MAX = 20 * 1024 * 1024
const FORM_BYTES = 100_000

/**
 * The track of a request: the body itself or the part `file` of a form. Throws too-large, bad-request for a body that broke
 * off, and what gpxReader throws.
 */
export async function readGpxBody(request: Request): Promise<GpxTrack> {
  const type = request.headers.get('content-type') ?? ''
  const isForm = /^multipart\/form-data\b/i.test(type)
  if (!isForm && !/^(application\/(gpx\+xml|xml|octet-stream)|text\/xml)\b/i.test(type))
    throw new Problem(
      'unsupported-format',
      `The body is ${type.slice(0, 80) || 'of no stated type'}, expected application/gpx+xml, or multipart/form-data with a part named file.`,
    )
  const bytes = await readAll(request, GPX_BYTES_MAX + (isForm ? FORM_BYTES : 0))
  const file = isForm ? await filePart(bytes, type) : bytes
  if (file.length > GPX_BYTES_MAX) throw tooLarge()
  const reader = gpxReader()
  reader.write(new TextDecoder().decode(file))
  return reader.finish()
}

async function readAll(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge()
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of request.body ?? []) {
      length += piece.length
      if (length > maxBytes) throw tooLarge()
      pieces.push(piece)
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('bad-request', 'The upload broke off before its end; nothing was kept. Send it again.')
  }
  return Buffer.concat(pieces, length)
}

async function filePart(body: Uint8Array, type: string): Promise<Uint8Array> {
  const form = await new Response(body as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
  const file = form?.get('file')
  if (!(file instanceof File))
    throw new Problem(
      'bad-request',
      'Send multipart/form-data with one part, named file, that has a file name.',
    )
  return new Uint8Array(await file.arrayBuffer())
}

const tooLarge = () =>
  new Problem('too-large', 'The track is larger than 20 MB. Give the track of one shift, not of a month.')
