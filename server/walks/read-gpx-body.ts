import { Problem } from '../../geodata/shared/problem.ts'
import { type GpxTrack, gpxReader } from '../../geodata/tracks/read-gpx.ts'
import { readUpload } from '../platform/read-upload.ts'

export const GPX_BYTES_MAX = 20 * 1024 * 1024

/** The track of a request, as readUpload reads it. Throws what gpxReader throws as well. */
export async function readGpxBody(request: Request): Promise<GpxTrack> {
  const file = await readUpload(request, {
    types: /^(application\/(gpx\+xml|xml|octet-stream)|text\/xml)\b/i,
    expected: 'application/gpx+xml, or multipart/form-data with a part named file',
    maxBytes: GPX_BYTES_MAX,
    tooLarge,
  })
  const reader = gpxReader()
  reader.write(new TextDecoder().decode(file))
  return reader.finish()
}

const tooLarge = () =>
  new Problem('too-large', 'The track is larger than 20 MB. Give the track of one shift, not of a month.')
