import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { Problem } from '../../geodata/shared/problem.ts'

/** Where photos are kept when GRIDWARD_PHOTOS says so: a folder, or a bucket behind the S3 API. */
export type PhotoPlace =
  | { kind: 'folder'; folder: string }
  | {
      kind: 's3'
      /** Without a slash at its end; the bucket is the first step of the path. */
      endpoint: string
      bucket: string
      /** Without slashes at its ends; may be empty. */
      prefix: string
      region: string
      accessKeyId: string
      secretAccessKey: string
      sessionToken: string | undefined
    }

/**
 * Reads GRIDWARD_PHOTOS, and the AWS_ variables where it names a bucket. undefined: the folder `photos` in
 * GRIDWARD_DATA. Throws a Problem that names the variable; it never shows a key.
 */
export function readPhotoPlace(source: NodeJS.ProcessEnv): PhotoPlace | undefined {
  const text = source.GRIDWARD_PHOTOS?.trim()
  if (!text) return undefined
  if (!/^s3:/i.test(text)) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
      throw bad(`GRIDWARD_PHOTOS=${hideKeys(text)}: expected a folder, or s3://bucket/prefix`)
    return { kind: 'folder', folder: resolve(text.replace(/^~(?=\/|$)/, homedir())) }
  }
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([A-Za-z0-9!_.'()*/-]*))?$/i.exec(text)
  const prefix = (match?.[2] ?? '').replace(/^\/+|\/+$/g, '')
  if (!match || prefix.split('/').some((step) => step === '.' || step === '..'))
    throw bad(`GRIDWARD_PHOTOS=${hideKeys(text)}: expected s3://bucket or s3://bucket/prefix`)
  const need = (name: string): string => {
    const value = source[name]?.trim()
    if (value) return value
    throw bad(`GRIDWARD_PHOTOS names the bucket ${match[1]}, but ${name} is not set. Set it`)
  }
  const given = source.AWS_ENDPOINT_URL?.trim()
  const region = given ? source.AWS_REGION?.trim() || 'us-east-1' : need('AWS_REGION')
  return {
    kind: 's3',
    endpoint: given ? readEndpoint(given) : amazonEndpoint(region),
    bucket: match[1]!,
    prefix,
    region,
    accessKeyId: need('AWS_ACCESS_KEY_ID'),
    secretAccessKey: need('AWS_SECRET_ACCESS_KEY'),
    sessionToken: source.AWS_SESSION_TOKEN?.trim() || undefined,
  }
}

function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash)
    return url.href.replace(/\/+$/, '')
  throw bad(`AWS_ENDPOINT_URL=${hideKeys(text)}: expected an address such as https://s3.example.org`)
}

const amazonEndpoint = (region: string): string =>
  `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`

const hideKeys = (text: string): string => text.slice(0, 200).replace(/\/\/[^/@]*@/, '//…@')

const bad = (text: string) =>
  new Problem('invalid-parameter', `The environment has a value that cannot be used. ${text}.`)
