import { Problem } from '../../geodata/shared/problem.ts'
import { type GpxTrack, gpxReader } from '../../geodata/tracks/read-gpx.ts'
import { GPX_TOO_LARGE, MAX_GPX_BYTES } from '../../geodata/walks/walk-limits.ts'
import { readUpload } from '../platform/read-upload.ts'

/** The track of a request, as readUpload reads it. Throws what gpxReader throws as well. */
export async function readGpxBody(request: Request): Promise<GpxTrack> {
  const file = await readUpload(request, {
    types: /^(application\/(gpx\+xml|xml|octet-stream)|text\/xml)\b/i,
    expected: 'application/gpx+xml, or multipart/form-data with a part named file',
    maxBytes: MAX_GPX_BYTES,
    tooLarge,
  })
  const reader = gpxReader()
  reader.write(new TextDecoder().decode(file))
  return reader.finish()
}

const tooLarge = () => new Problem('too-large', GPX_TOO_LARGE)
