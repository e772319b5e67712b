import { Problem } from '../../geodata/shared/problem.ts'

const FORM_BYTES = 100_000

export interface UploadKind {
  /** Content types of a body that is the file itself. */
  types: RegExp
  /** What is expected in place of another type, in words. */
  expected: string
  maxBytes: number
  tooLarge(): Problem
  /** Said when a form has another shape. */
  formHint?: string
}

/**
 * The file of a request: the body itself or the part `file` of multipart/form-data. Throws unsupported-format, what
 * `tooLarge` makes (also for a body of unstated length, as soon as it is), bad-request for a body that broke off. Nothing is
 * written anywhere.
 */
export async function readUpload(request: Request, kind: UploadKind): Promise<Uint8Array> {
  const type = request.headers.get('content-type') ?? ''
  const isForm = /^multipart\/form-data\b/i.test(type)
  if (!isForm && !kind.types.test(type))
    throw new Problem(
      'unsupported-format',
      `The body is ${type.slice(0, 80) || 'of no stated type'}, expected ${kind.expected}.`,
    )
  const bytes = await readAll(request, kind.maxBytes + (isForm ? FORM_BYTES : 0), kind)
  return isForm ? filePart(bytes, type, kind) : bytes
}

async function readAll(request: Request, maxBytes: number, { tooLarge }: UploadKind): Promise<Uint8Array> {
  // Not read to its end: a client that says it sends more is answered at once.
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

async function filePart(
  body: Uint8Array,
  type: string,
  { maxBytes, tooLarge, formHint = '' }: UploadKind,
): Promise<Uint8Array> {
  let form: FormData
  try {
    form = await new Response(body as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type },
    }).formData()
  } catch {
    throw new Problem('bad-request', 'The multipart body is broken; nothing was kept. Send it again.')
  }
  const [file, ...more] = form.getAll('file')
  if (!(file instanceof File) || more.length > 0 || [...form.keys()].some((name) => name !== 'file'))
    throw new Problem(
      'bad-request',
      `Send multipart/form-data with one part, named file, that has a file name${formHint}.`,
    )
  if (file.size > maxBytes) throw tooLarge()
  return new Uint8Array(await file.arrayBuffer())
}
