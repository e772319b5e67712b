import { PHOTO_BYTES_MAX, PHOTO_TYPES } from '../../geodata/notes/note.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { readUpload } from '../platform/read-upload.ts'

/** The picture of a request, as readUpload reads it. */
export const readPhotoBody = (request: Request): Promise<Uint8Array> =>
  readUpload(request, {
    types: /^image\/[a-z0-9.+-]+/i,
    expected: `multipart/form-data with a part named file, or the picture itself as ${PHOTO_TYPES.join(', ')}`,
    maxBytes: PHOTO_BYTES_MAX,
    tooLarge,
    formHint: '; layer, feature and note stand in the address',
  })

const tooLarge = () =>
  new Problem(
    'too-large',
    `The photo is larger than ${PHOTO_BYTES_MAX / 1024 / 1024} MB. Save it smaller and send it again.`,
  )
