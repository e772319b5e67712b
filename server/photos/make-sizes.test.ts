import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { makeSizes } from './make-sizes.ts'

const red = { r: 200, g: 30, b: 30 }
const plain = (width: number, height: number, more: object = {}) =>
  sharp({ create: { width, height, channels: 3, background: red, ...more } })

async function look(bytes: Uint8Array) {
  const image = sharp(bytes)
  return {
    ...(await image.metadata()),
    mean: (await image.stats()).channels.map(({ mean }) => Math.round(mean)),
  }
}
const isRed = ([r, g, b]: number[]) =>
  Math.abs(r! - 200) < 6 && Math.abs(g! - 30) < 6 && Math.abs(b! - 30) < 6
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

/** GPS as phones write it, and other things that say who and where. */
const EXIF = {
  IFD0: { Make: 'SecretPhone', Artist: 'Somebody', ImageDescription: 'HomeOfSomebody' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '31/1 18/1 1234/100',
    GPSLongitudeRef: 'E',
    GPSLongitude: '120/1 36/1 5678/100',
  },
}

test('the place, the device and the name are gone from both sizes', async () => {
  const sent = await plain(3000, 1000)
    .withExif(EXIF)
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Xsecret</x:xmpmeta>')
    .jpeg()
    .toBuffer()
  expect((await sharp(sent).metadata()).exif).toBeDefined()
  expect(text(sent)).toContain('SecretPhone')
  const { full, thumb, width, height } = await makeSizes(sent)
  expect([width, height]).toEqual([2048, 683])
  for (const kept of [full, thumb]) {
    const found = await look(kept)
    expect(found).toMatchObject({ format: 'jpeg', space: 'srgb' })
    for (const part of ['exif', 'icc', 'iptc', 'xmp', 'comments'] as const)
      expect(found[part], part).toBeUndefined()
    expect(text(kept)).not.toMatch(/Exif|GPS|Secret|Somebody|Xsecret/)
  }
  expect(await look(thumb)).toMatchObject({ width: 320 })
})

test.each([
  [1, 60, 20, 'left'],
  [3, 60, 20, 'right'],
  [6, 20, 60, 'top'],
  [8, 20, 60, 'bottom'],
])('EXIF orientation %i is applied before it is forgotten', async (orientation, width, height, side) => {
  // White on the left, black elsewhere.
  const white = await sharp({ create: { width: 10, height: 20, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const sent = await sharp({ create: { width: 60, height: 20, channels: 3, background: '#000' } })
    .composite([{ input: white, left: 0, top: 0 }])
    .withMetadata({ orientation })
    .jpeg({ quality: 100 })
    .toBuffer()
  const sizes = await makeSizes(sent)
  expect([sizes.width, sizes.height]).toEqual([width, height])
  // The first byte of a small square; stats() would look at the whole picture.
  const at = async (left: number, top: number) =>
    (await sharp(sizes.full).extract({ left, top, width: 4, height: 4 }).raw().toBuffer())[0]!
  const spots = {
    left: await at(2, height / 2),
    right: await at(width - 6, height / 2),
    top: await at(width / 2, 2),
    bottom: await at(width / 2, height - 6),
  }
  const brightest = Object.entries(spots).sort((a, b) => b[1] - a[1])[0]![0]
  expect(brightest).toBe(side)
})

test('1 × 1, CMYK, 16 bits, a palette, grey, transparent and WebP all become sRGB JPEG', async () => {
  const one = await makeSizes(await plain(1, 1).png().toBuffer())
  expect([one.width, one.height]).toEqual([1, 1])
  const cmyk = await plain(64, 64).toColourspace('cmyk').jpeg().toBuffer()
  expect((await sharp(cmyk).metadata()).space).toBe('cmyk')
  const deep = await plain(64, 64).toColourspace('rgb16').png().toBuffer()
  expect((await sharp(deep).metadata()).depth).toBe('ushort')
  const palette = await plain(64, 64).png({ palette: true }).toBuffer()
  const webp = await plain(64, 64).webp({ lossless: true }).toBuffer()
  for (const sent of [deep, palette, webp])
    expect(isRed((await look((await makeSizes(sent)).full)).mean)).toBe(true)
  const fromCmyk = await look((await makeSizes(cmyk)).full)
  expect(fromCmyk).toMatchObject({ space: 'srgb', channels: 3 })
  expect(fromCmyk.mean[0]! - fromCmyk.mean[1]!).toBeGreaterThan(80)
  const grey = await look((await makeSizes(await plain(64, 64).greyscale().png().toBuffer())).full)
  expect(grey).toMatchObject({ space: 'srgb', depth: 'uchar' })
  const clear = await plain(64, 64, { channels: 4, background: { ...red, alpha: 0 } })
    .png()
    .toBuffer()
  expect((await look((await makeSizes(clear)).full)).mean).toEqual([255, 255, 255])
})

test('a wide-gamut profile is applied, not dropped: what is red stays as red as it was', async () => {
  const sent = await plain(64, 64).withIccProfile('p3').png().toBuffer()
  expect((await sharp(sent).metadata()).icc).toBeDefined()
  expect(isRed((await look((await makeSizes(sent)).full)).mean)).toBe(true)
})

test('of an animation the first picture is kept', async () => {
  const frames = await Promise.all(
    [red, { r: 0, g: 0, b: 255 }].map((background) =>
      sharp({ create: { width: 32, height: 32, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  const sent = await sharp(frames, { join: { animated: true } })
    .webp({ lossless: true })
    .toBuffer()
  expect((await sharp(sent).metadata()).pages).toBe(2)
  const sizes = await makeSizes(sent)
  expect([sizes.width, sizes.height]).toEqual([32, 32])
  expect(isRed((await look(sizes.full)).mean)).toBe(true)
})

test('a file that is two things at once is kept as its picture alone', async () => {
  const html = '<html><script>alert(1)</script></html>'
  const png = await plain(40, 40).png().toBuffer()
  const withComment = Buffer.concat([
    png.subarray(0, 33),
    pngChunk('tEXt', `Comment\0${html}`),
    png.subarray(33),
  ])
  const jpeg = await plain(40, 40).jpeg().toBuffer()
  const withTail = Buffer.concat([jpeg, Buffer.from(html), Buffer.from('PK\u0003\u0004')])
  const jpegComment = Buffer.concat([jpeg.subarray(0, 2), jpegSegment(0xfe, html), jpeg.subarray(2)])
  for (const sent of [withComment, withTail, jpegComment]) {
    expect(text(sent)).toContain('<script>')
    const { full, thumb } = await makeSizes(sent)
    expect(text(full) + text(thumb)).not.toContain('<script')
  }
})

test.each(['jpeg', 'png', 'webp'] as const)('a %s that is cut short anywhere is refused', async (format) => {
  const noise = Buffer.alloc(
    200 * 200 * 3,
    Uint8Array.from({ length: 997 }, (_, index) => (index * 73) % 251),
  )
  const whole = await sharp(noise, { raw: { width: 200, height: 200, channels: 3 } })
    .toFormat(format)
    .toBuffer()
  expect((await makeSizes(whole)).width).toBe(200)
  for (const share of [0.02, 0.3, 0.6, 0.9])
    await expect(
      makeSizes(whole.subarray(0, Math.floor(whole.length * share))),
      String(share),
    ).rejects.toMatchObject({
      code: 'unreadable-file',
    })
})

test('a small file that unpacks to a gigabyte is refused before it is unpacked', async () => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(30_000, 0)
  header.writeUInt32BE(30_000, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const bomb = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(10_000_000))),
    pngChunk('IEND', ''),
  ])
  expect(bomb.length).toBeLessThan(20_000)
  await expect(makeSizes(bomb)).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining('52 million pixels'),
  })
})

test('what is no JPEG, PNG or WebP is refused with what to do about it', async () => {
  const file = (...parts: (string | Uint8Array)[]) =>
    Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')))
  for (const [sent, words] of [
    [file('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), /HEIC.*Convert it to JPEG/],
    [file('\0\0\0\x1cftypavif\0\0\0\0'), /Convert it to JPEG/],
    [
      file('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
      /not a picture known here/,
    ],
    [file('GIF89a\x01\0\x01\0'), /is a GIF/],
    [file('%PDF-1.7'), /is a PDF/],
    [file('II*\0'), /not a picture/],
    [file(''), /is empty/],
  ] as const)
    await expect(makeSizes(sent)).rejects.toMatchObject({
      code: 'unsupported-format',
      message: expect.stringMatching(words),
    })
  for (const sent of [file('\xff\xd8\xff'), file('\x89PNG\r\n\x1a\nrubbish'), file('RIFF\0\0\0\0WEBPVP8 ')])
    await expect(makeSizes(sent)).rejects.toMatchObject({ code: 'unreadable-file' })
})

function pngChunk(type: string, data: string | Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data as string, 'latin1')])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length - 4)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function jpegSegment(marker: number, data: string): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, Buffer.from(data, 'latin1')])
}
