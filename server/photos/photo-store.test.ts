import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expectedSignature, type StrictS3, startStrictS3 } from '../../tests/support/strict-s3.ts'
import { openFolderStore } from './folder-store.ts'
import type { PhotoStore } from './photo-store.ts'
import { openS3Store, type S3Options } from './s3-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridward-photos-test-'))
const credentials = {
  accessKeyId: 'GRIDWARDTEST',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'cn-north-1',
}
let s3: StrictS3
const place = (more: object = {}) => ({
  kind: 's3' as const,
  endpoint: s3.endpoint,
  bucket: s3.bucket,
  prefix: 'town one/photos (1)',
  sessionToken: undefined,
  ...credentials,
  ...more,
})
const quick: S3Options = { pauseMs: 1, timeoutMs: 2000 }

beforeAll(async () => {
  s3 = await startStrictS3(credentials, 'gridward-test')
})
afterEach(() => {
  s3.faults.length = 0
})
afterAll(async () => {
  await s3.close()
  rmSync(folder, { recursive: true, force: true })
})

const stores: [string, () => PhotoStore][] = [
  ['folder', () => openFolderStore(join(folder, 'made', 'with the first'))],
  ['S3', () => openS3Store(place(), quick)],
]

describe.each(stores)('the contract of a photo store: %s', (_, open) => {
  test('bytes come back as they were put, whatever they are', async () => {
    const store = open()
    const large = randomBytes(3_000_000)
    await store.put('ab/large.jpg', large, 'image/jpeg')
    await store.put('ab/empty.jpg', new Uint8Array(), 'image/jpeg')
    await store.put('top.jpg', new Uint8Array([0, 255, 13, 10, 26]), 'image/jpeg')
    expect(Buffer.compare((await store.get('ab/large.jpg'))!, large)).toBe(0)
    expect(await store.get('ab/empty.jpg')).toEqual(new Uint8Array())
    expect(await store.get('top.jpg')).toEqual(new Uint8Array([0, 255, 13, 10, 26]))
  })

  test('what is not there is undefined, and may be deleted', async () => {
    const store = open()
    expect(await store.get('no/such.jpg')).toBeUndefined()
    await store.delete('no/such.jpg')
    await store.put('cd/one.jpg', new Uint8Array([1]), 'image/jpeg')
    await store.delete('cd/one.jpg')
    expect(await store.get('cd/one.jpg')).toBeUndefined()
    await store.delete('cd/one.jpg')
  })

  test('the same key again overwrites, and a part of a view puts that part alone', async () => {
    const store = open()
    await store.put('ef/one.jpg', new Uint8Array([1, 2, 3]), 'image/jpeg')
    await store.put('ef/one.jpg', new Uint8Array([7, 8, 9, 10]).subarray(1, 3), 'image/jpeg')
    expect(await store.get('ef/one.jpg')).toEqual(new Uint8Array([8, 9]))
  })

  test('a key that is a path trick is refused before anything is touched', async () => {
    const store = open()
    for (const key of [
      '../x.jpg',
      'a/../../x.jpg',
      '/etc/passwd',
      'a//b',
      'a\\b',
      'A.jpg',
      '',
      'a\u0000.jpg',
      '.x',
      '%2e%2e/x',
    ])
      for (const act of [store.put(key, new Uint8Array(), 'x'), store.get(key), store.delete(key)])
        await expect(act, key).rejects.toThrow('is not a key')
  })

  test('writers of one key at once leave one of them whole', async () => {
    const store = open()
    const bodies = [1, 2, 3, 4].map((value) => new Uint8Array(50_000).fill(value))
    await Promise.all(bodies.map((body) => store.put('ab/race.jpg', body, 'image/jpeg')))
    const kept = (await store.get('ab/race.jpg'))!
    expect(bodies.some((body) => Buffer.compare(body, kept) === 0)).toBe(true)
  })
})

describe('the folder store', () => {
  test('leaves no part files, and photos are not for other users of the machine', async () => {
    const store = openFolderStore(join(folder, 'modes'))
    await store.put('ab/one.jpg', new Uint8Array([1]), 'image/jpeg')
    expect(readdirSync(join(folder, 'modes', 'ab'))).toEqual(['one.jpg'])
    expect(statSync(join(folder, 'modes', 'ab', 'one.jpg')).mode & 0o077).toBe(0)
  })

  test('a folder that cannot be made or written is named, with what to do', async () => {
    writeFileSync(join(folder, 'a-file'), '')
    const blocked = openFolderStore(join(folder, 'a-file'))
    await expect(blocked.put('ab/one.jpg', new Uint8Array([1]), 'image/jpeg')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('GRIDWARD_PHOTOS'),
    })
    if (process.getuid?.() === 0) return
    const readOnly = join(folder, 'read-only')
    await openFolderStore(readOnly).put('ab/one.jpg', new Uint8Array([1]), 'image/jpeg')
    chmodSync(join(readOnly, 'ab'), 0o500)
    await expect(openFolderStore(readOnly).delete('ab/one.jpg')).rejects.toMatchObject({
      code: 'unavailable',
    })
    chmodSync(join(readOnly, 'ab'), 0o700)
  })
})

describe('the S3 store', () => {
  const one = new Uint8Array([1])

  test('objects lie under the prefix with their type, and a session token is signed', async () => {
    const store = openS3Store(place({ sessionToken: 'token/+=' }), quick)
    await store.put('ab/typed.jpg', one, 'image/jpeg')
    expect(s3.objects.get('town one/photos (1)/ab/typed.jpg')).toMatchObject({ type: 'image/jpeg' })
    await openS3Store(place({ prefix: '' }), quick).put('ab/typed.jpg', one, 'image/jpeg')
    expect(s3.objects.has('ab/typed.jpg')).toBe(true)
  })

  test.each(['hang up', 500, 503, 429, 'cut short'] as const)('%s is tried again', async (fault) => {
    const store = openS3Store(place(), quick)
    await store.put('ab/again.jpg', one, 'image/jpeg')
    s3.faults.push(fault, fault)
    const before = s3.requests
    expect(await store.get('ab/again.jpg')).toEqual(one)
    expect(s3.requests - before).toBe(3)
  })

  test('a server that says nothing is given up, and that is said', async () => {
    const store = openS3Store(place(), { tries: 2, pauseMs: 1, timeoutMs: 100 })
    s3.faults.push('silence', 'silence')
    await expect(store.put('ab/one.jpg', one, 'image/jpeg')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/did not answer in time.*AWS_ENDPOINT_URL/),
    })
  })

  test('a failure that lasts is named after the last try', async () => {
    s3.faults.push(503, 503, 503, 503)
    await expect(openS3Store(place(), quick).get('ab/one.jpg')).rejects.toThrow(/503 \(SlowDown\).*later/)
    const nobody = openS3Store(place({ endpoint: 'http://127.0.0.1:9' }), quick)
    await expect(nobody.get('ab/one.jpg')).rejects.toThrow(/did not answer/)
  })

  test('a refusal is not tried again, says what to correct, and shows no key', async () => {
    const before = s3.requests
    const refused = async (more: object) =>
      openS3Store(place(more), quick)
        .put('ab/one.jpg', one, 'image/jpeg')
        .then(
          () => 'taken',
          (error: Error) => error.message,
        )
    const answers = [
      await refused({ secretAccessKey: 'another-secret' }),
      await refused({ accessKeyId: 'ANOTHER' }),
      await refused({ bucket: 'another-bucket' }),
      await refused({ region: 'eu-west-1' }),
    ]
    expect(answers[0]).toMatch(/403 \(SignatureDoesNotMatch\).*AWS_SECRET_ACCESS_KEY/)
    expect(answers[1]).toMatch(/403 \(InvalidAccessKeyId\)/)
    expect(answers[2]).toMatch(/404 \(NoSuchBucket\).*GRIDWARD_PHOTOS/)
    expect(answers[3]).toMatch(/400 \(AuthorizationHeaderMalformed\)/)
    expect(answers.join()).not.toMatch(/another-secret|wJalr/)
    expect(s3.requests - before).toBe(4)
    // A bucket that is not there must not read as a photo that is not there.
    await expect(openS3Store(place({ bucket: 'another-bucket' }), quick).get('ab/one.jpg')).rejects.toThrow(
      'NoSuchBucket',
    )
  })
})

/** From "Examples: Signature Calculations in AWS Signature Version 4" of the Amazon S3 API reference. */
describe('the server that checks signatures agrees with the published examples', () => {
  const amazon = { secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' }
  const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const common = {
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': EMPTY,
    'x-amz-date': '20130524T000000Z',
  }

  test('GET Object', () => {
    const request = { method: 'GET', target: '/test.txt', headers: { ...common, range: 'bytes=0-9' } }
    expect(expectedSignature(request, ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'], amazon)).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    )
  })

  test('PUT Object, with a character in its name that must be encoded', () => {
    const headers = {
      ...common,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    }
    const signed = ['date', 'host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-storage-class']
    expect(expectedSignature({ method: 'PUT', target: '/test$file.text', headers }, signed, amazon)).toBe(
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    )
  })

  test('GET Bucket Lifecycle and List Objects, with a query', () => {
    const signed = ['host', 'x-amz-content-sha256', 'x-amz-date']
    expect(expectedSignature({ method: 'GET', target: '/?lifecycle', headers: common }, signed, amazon)).toBe(
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    )
    expect(
      expectedSignature({ method: 'GET', target: '/?max-keys=2&prefix=J', headers: common }, signed, amazon),
    ).toBe('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7')
  })
})
