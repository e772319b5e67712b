import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { Problem } from '../../geodata/shared/problem.ts'
import type { PhotoPlace } from '../platform/photo-env.ts'
import { type PhotoStore, requireKey } from './photo-store.ts'

export interface S3Options {
  /** How often a request is sent at most. */
  tries?: number
  /** For one try, until its last byte. */
  timeoutMs?: number
  /** Before the second try; doubled before each further one. */
  pauseMs?: number
}

type S3Place = Extract<PhotoPlace, { kind: 's3' }>

interface Answer {
  status: number
  bytes: Uint8Array<ArrayBuffer>
}

/**
 * Photos in a bucket behind the S3 API, addressed by path, signed with Signature Version 4 over the body too. Silence,
 * 429 and 5xx are tried again.
 */
export function openS3Store(place: S3Place, options: S3Options = {}): PhotoStore {
  const { tries = 4, timeoutMs = 20_000, pauseMs = 200 } = options
  const client = new AwsClient({
    accessKeyId: place.accessKeyId,
    secretAccessKey: place.secretAccessKey,
    ...(place.sessionToken ? { sessionToken: place.sessionToken } : {}),
    service: 's3',
    region: place.region,
  })
  const urlOf = (key: string) => {
    requireKey(key)
    return [place.endpoint, place.bucket, ...(place.prefix ? [place.prefix] : []), key].join('/')
  }

  async function once(method: string, url: string, body?: Uint8Array, type?: string): Promise<Answer> {
    const request = await client.sign(url, {
      method,
      // A redirect would have to be signed anew; it means another region, which is said below.
      redirect: 'manual',
      headers: {
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
        ...(type ? { 'content-type': type } : {}),
      },
      ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const response = await fetch(request)
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
  }

  async function send(method: string, key: string, body?: Uint8Array, type?: string): Promise<Answer> {
    const url = urlOf(key)
    for (let count = 1; ; count += 1) {
      let failure: Problem
      try {
        const answer = await once(method, url, body, type)
        if (answer.status < 500 && answer.status !== 429) return answer
        failure = refusal(place, answer)
      } catch (error) {
        failure = silence(place, error)
      }
      if (count >= tries) throw failure
      await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (count - 1)))
    }
  }

  return {
    async put(key, bytes, type) {
      const answer = await send('PUT', key, bytes, type)
      if (answer.status !== 200 && answer.status !== 201 && answer.status !== 204)
        throw refusal(place, answer)
    },
    async get(key) {
      const answer = await send('GET', key)
      if (answer.status === 200) return answer.bytes
      if (answer.status === 404 && codeIn(answer) !== 'NoSuchBucket') return undefined
      throw refusal(place, answer)
    },
    async delete(key) {
      const answer = await send('DELETE', key)
      if (answer.status === 204 || answer.status === 200) return
      if (answer.status === 404 && codeIn(answer) !== 'NoSuchBucket') return
      throw refusal(place, answer)
    },
  }
}

/** The `<Code>` of an S3 error document. */
const codeIn = ({ bytes }: Answer): string | undefined =>
  /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(new TextDecoder().decode(bytes.subarray(0, 4000)))?.[1]

function refusal(place: S3Place, answer: Answer): Problem {
  const code = codeIn(answer)
  const { status } = answer
  const todo =
    code === 'NoSuchBucket'
      ? 'There is no such bucket: make it, or correct GRIDWARD_PHOTOS.'
      : code === 'RequestTimeTooSkewed'
        ? 'The clocks differ: set this machine’s clock.'
        : status === 401 || status === 403
          ? 'See that AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are right and may read, write and delete there.'
          : status >= 300 && status < 400
            ? 'The bucket is elsewhere: correct AWS_REGION or AWS_ENDPOINT_URL.'
            : status >= 500 || status === 429
              ? 'It is overloaded or broken: try again later.'
              : 'See its log for the reason.'
  return unavailable(place, `answered ${status}${code ? ` (${code})` : ''}. ${todo}`)
}

function silence(place: S3Place, error: unknown): Problem {
  const { name, cause } = error as { name?: string; cause?: { code?: string } }
  const why = name === 'TimeoutError' ? 'in time' : `(${cause?.code ?? name ?? 'no reason given'})`
  return unavailable(place, `did not answer ${why}. See that it runs and that AWS_ENDPOINT_URL is right.`)
}

const unavailable = (place: S3Place, what: string) =>
  new Problem('unavailable', `The photo store s3://${place.bucket} at ${place.endpoint} ${what}`)
