import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readPhotoPlace } from './photo-env.ts'

const KEYS = { AWS_ACCESS_KEY_ID: 'ID', AWS_SECRET_ACCESS_KEY: 'very-secret' }

test('nothing or blanks means the default; anything without a scheme is a folder', () => {
  expect(readPhotoPlace({})).toBeUndefined()
  expect(readPhotoPlace({ GRIDWARD_PHOTOS: '  ' })).toBeUndefined()
  expect(readPhotoPlace({ GRIDWARD_PHOTOS: 'a/b' })).toEqual({ kind: 'folder', folder: resolve('a/b') })
  expect(readPhotoPlace({ GRIDWARD_PHOTOS: 's3' })).toMatchObject({ kind: 'folder' })
})

test('a bucket has a prefix without slashes at its ends and a place in the region', () => {
  const read = (GRIDWARD_PHOTOS: string, more: object = {}) =>
    readPhotoPlace({ GRIDWARD_PHOTOS, AWS_REGION: 'eu-west-1', ...KEYS, ...more })
  expect(read('s3://town-photos')).toMatchObject({
    kind: 's3',
    bucket: 'town-photos',
    prefix: '',
    endpoint: 'https://s3.eu-west-1.amazonaws.com',
  })
  expect(read('s3://town-photos//a/b/')).toMatchObject({ prefix: 'a/b' })
  expect(read('s3://town-photos', { AWS_REGION: 'cn-north-1' })).toMatchObject({
    endpoint: 'https://s3.cn-north-1.amazonaws.com.cn',
  })
  expect(
    read('s3://town-photos', { AWS_ENDPOINT_URL: 'http://10.0.0.5:9000/', AWS_REGION: '' }),
  ).toMatchObject({
    endpoint: 'http://10.0.0.5:9000',
    region: 'us-east-1',
  })
})

test('what is missing or malformed is named, and no key is shown', () => {
  const message = (source: NodeJS.ProcessEnv) => {
    try {
      readPhotoPlace(source)
    } catch (error) {
      return (error as Error).message
    }
    return 'taken'
  }
  const bucket = { GRIDWARD_PHOTOS: 's3://town-photos', AWS_REGION: 'eu-west-1', ...KEYS }
  expect(message({ ...bucket, AWS_SECRET_ACCESS_KEY: '' })).toMatch(/AWS_SECRET_ACCESS_KEY is not set/)
  expect(message({ ...bucket, AWS_REGION: undefined })).toMatch(/AWS_REGION is not set/)
  for (const place of [
    's3:',
    's3://',
    's3://A_B',
    's3://x',
    's3://town-photos/../other',
    'https://town.example',
    's3://b?x=1',
  ])
    expect(message({ ...bucket, GRIDWARD_PHOTOS: place }), place).toMatch(
      /^The environment .*GRIDWARD_PHOTOS=/,
    )
  for (const endpoint of ['town', 'ftp://town.example', 'https://ID:very-secret@town.example'])
    expect(message({ ...bucket, AWS_ENDPOINT_URL: endpoint }), endpoint).toMatch(/AWS_ENDPOINT_URL=/)
  expect(message({ ...bucket, AWS_ENDPOINT_URL: 'https://ID:very-secret@town.example' })).not.toMatch(
    /very-secret/,
  )
})
