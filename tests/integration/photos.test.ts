import { readdirSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import sharp from 'sharp'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { addPhoto } from '../../server/photos/add-photo.ts'
import { announcePhoto, doomLoose } from '../../server/photos/photo.store.ts'
import { photoKey } from '../../server/photos/photo-keys.ts'
import type { PhotoStore } from '../../server/photos/photo-store.ts'
import { sweepPhotos } from '../../server/photos/sweep-photos.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'

const PNG = sharp({ create: { width: 400, height: 300, channels: 3, background: '#3a7' } })
  .png()
  .toBuffer()

onBothDatabases('photos', (context) => {
  let feature = 0
  beforeAll(async () => {
    feature = await newFacility()
  })
  const version = (number: number) => ({ 'if-match': `"${number}"` })

  async function call(path: string, init: RequestInit = {}) {
    const response = await (await context.app()).request(`/api/v1${path}`, init)
    const type = response.headers.get('content-type') ?? ''
    const body = type.includes('json') ? await response.json() : undefined
    return { status: response.status, headers: response.headers, body, response }
  }
  const json = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  async function newFacility(): Promise<number> {
    const geometry = { type: 'Point', coordinates: [120.6, 31.3] }
    return (await call('/facilities', json('POST', { geometry, properties: { kind: 'aed' } }))).body.id
  }
  const newNote = async (text: string) =>
    (await call('/notes', json('POST', { layer: 'facilities', feature, text }))).body
  const send = async (body: BodyInit, type = 'image/png', more = '') =>
    call(`/photos?layer=facilities&feature=${feature}${more}`, {
      method: 'POST',
      body,
      ...(type ? { headers: { 'content-type': type } } : {}),
    })
  const png = async () => new Uint8Array(await PNG)
  const bytesOf = async (id: string, size: string) =>
    new Uint8Array(await (await call(`/photos/${id}/${size}`)).response.arrayBuffer())

  /** Every file in the store's folder. */
  function files(): string[] {
    const folder = join(context.deps.env.dataFolder, 'photos')
    try {
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort()
    } catch {
      return []
    }
  }
  const counts = async () => {
    const [row] = await context.database.sql`
      SELECT (SELECT count(*) FROM photo) AS rows, (SELECT count(*) FROM photo_loose) AS loose`
    return { files: files().length, rows: row!.rows, loose: row!.loose }
  }
  /** Nothing may lie about after any test. */
  afterEach(async () => {
    const { files, rows, loose } = await counts()
    expect({ files, loose }).toEqual({ files: rows * 2, loose: 0 })
  })

  test('a picture sent as the body or in a form is kept in two sizes and served to be cached for good', async () => {
    const form = new FormData()
    form.set('file', new File([await png()], '../../../etc/cron.d/x.html', { type: 'text/html' }))
    for (const answer of [await send(await png()), await send(form, '')]) {
      expect(answer, JSON.stringify(answer.body)).toMatchObject({
        status: 201,
        body: { layer: 'facilities', feature, note: null, width: 400, height: 300, author: 'local' },
      })
      const full = await call(answer.headers.get('location')!.replace('/api/v1', ''))
      expect(Object.fromEntries(full.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, max-age=31536000, immutable',
        'content-length': String(answer.body.bytes),
      })
      const sharpened = await sharp(await bytesOf(answer.body.id, 'full')).metadata()
      expect(sharpened).toMatchObject({ format: 'jpeg', width: 400, height: 300 })
      const thumb = await sharp(await bytesOf(answer.body.id, 'thumb')).metadata()
      expect(thumb).toMatchObject({ format: 'jpeg', width: 320, height: 240 })
      const again = await call(`/photos/${answer.body.id}/full`, {
        headers: { 'if-none-match': `"x", W/${full.headers.get('etag')}` },
      })
      expect(again.status).toBe(304)
      expect((await call(`/photos/${answer.body.id}/full`, { method: 'HEAD' })).status).toBe(200)
    }
  })

  test('the content decides, not the Content-Type, and the answer never carries the sender’s', async () => {
    const answer = await send(await png(), 'image/svg+xml')
    expect(answer.status).toBe(201)
    expect((await call(`/photos/${answer.body.id}/full`)).headers.get('content-type')).toBe('image/jpeg')
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    expect(await send(svg, 'image/png')).toMatchObject({ status: 415, body: { code: 'unsupported-format' } })
    expect(await send(await png(), 'text/html')).toMatchObject({ status: 415 })
    expect(await send('ftypheic', 'image/heic')).toMatchObject({ status: 415 })
  })

  test('the place where a photo was taken is not in what is kept', async () => {
    const sent = await sharp(await png())
      .withExif({
        IFD0: { Make: 'SecretPhone' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 18/1 1234/100' },
      })
      .jpeg()
      .toBuffer()
    expect(sent.toString('latin1')).toContain('SecretPhone')
    const { body } = await send(new Uint8Array(sent), 'image/jpeg')
    for (const size of ['full', 'thumb']) {
      const kept = await bytesOf(body.id, size)
      expect((await sharp(kept).metadata()).exif).toBeUndefined()
      expect(Buffer.from(kept).toString('latin1')).not.toMatch(/SecretPhone|GPS|Exif/)
    }
  })

  test('photos of a note come with it, go with it and come back with it', async () => {
    const note = await newNote('见照片')
    const { body: photo } = await send(await png(), 'image/png', `&note=${note.id}`)
    await send(await png(), 'image/png', `&note=${note.id}`)
    const list = async (more: string) =>
      (await call(`/photos?layer=facilities&feature=${feature}&limit=200${more}`)).body.photos
    expect((await call(`/notes/${note.id}`)).body.photos).toHaveLength(2)
    expect((await call(`/notes/${note.id}`)).body.photos[0]).toEqual(photo)
    expect(await list(`&note=${note.id}`)).toHaveLength(2)
    const loose = await list('&note=none')
    expect(loose.length).toBeGreaterThan(0)
    expect(loose.every((one: { note: unknown }) => one.note === null)).toBe(true)
    await call(`/notes/${note.id}`, { method: 'DELETE', headers: version(1) })
    expect(await list(`&note=${note.id}`)).toEqual([])
    expect((await call(`/photos/${photo.id}/full`)).status).toBe(404)
    expect((await send(await png(), 'image/png', `&note=${note.id}`)).status).toBe(404)
    // Not swept while the note may come back.
    expect(await sweepPhotos(context.database.sql, context.deps.photos)).toBe(0)
    await call(`/notes/${note.id}/restore`, { method: 'POST', headers: version(1) })
    expect(await list(`&note=${note.id}`)).toHaveLength(2)
    expect((await call(`/photos/${photo.id}/full`)).status).toBe(200)
  })

  test('newest first, page by page, each once', async () => {
    const all = (await call(`/photos?layer=facilities&feature=${feature}&limit=200`)).body
    expect(all.next).toBeNull()
    expect(all.photos.length).toBeGreaterThan(3)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await call(`/photos?layer=facilities&feature=${feature}&limit=2${cursor}`)
      seen.push(...body.photos.map(({ id }: { id: string }) => id))
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    expect(seen).toEqual(all.photos.map(({ id }: { id: string }) => id))
  })

  test('a deleted photo is gone with its files, and is told like every change', async () => {
    const [start] = await context.database.sql`SELECT max(id)::bigint AS id FROM event`
    const { body: photo } = await send(await png())
    expect(files()).toContain(photoKey(photo.id, 'full').slice(3))
    expect((await call(`/photos/${photo.id}`, { method: 'DELETE' })).status).toBe(204)
    expect(files()).not.toContain(photoKey(photo.id, 'full').slice(3))
    expect((await call(`/photos/${photo.id}/thumb`)).status).toBe(404)
    expect((await call(`/photos/${photo.id}`, { method: 'DELETE' })).status).toBe(404)
    const events = await context.database.sql`
      SELECT kind, feature_id AS feature, west, before->'photo'->>'id' AS before, after->'photo'->>'id' AS after
      FROM event WHERE id > ${start!.id} ORDER BY id`
    expect(events.map((event) => ({ ...event }))).toEqual([
      { kind: 'note', feature, west: null, before: null, after: photo.id },
      { kind: 'note', feature, west: null, before: photo.id, after: null },
    ])
  })

  test('ids that are paths, and features and notes that are not there, reach no file', async () => {
    const { body: photo } = await send(await png())
    for (const id of [
      '..%2f..%2fetc%2fpasswd',
      '%00',
      '..',
      photo.id.replaceAll('-', ''),
      `${photo.id}%2ffull`,
    ])
      expect([400, 404], id).toContain((await call(`/photos/${id}/full`)).status)
    expect((await call(`/photos/${photo.id}/original`)).status).toBe(400)
    expect((await call(`/photos/${photo.id}/..%2ffull`)).status).toBe(400)
    const to = async (query: string) =>
      (
        await call(`/photos?${query}`, {
          method: 'POST',
          body: await png(),
          headers: { 'content-type': 'image/png' },
        })
      ).status
    expect(await to('layer=facilities&feature=987654')).toBe(404)
    expect(await to('layer=castles&feature=1')).toBe(400)
    expect(await to(`layer=facilities&feature=${feature}&note=987654`)).toBe(404)
    expect(await to(`layer=facilities&feature=${feature}&colour=red`)).toBe(400)
    const elsewhere = await newFacility()
    const note = await newNote('这里')
    expect(await to(`layer=facilities&feature=${elsewhere}&note=${note.id}`)).toBe(404)
  })

  test('forms with no file, two files or further parts, and broken ones, leave nothing', async () => {
    const before = await counts()
    const file = async () => new File([await png()], 'a.png', { type: 'image/png' })
    const form = (...parts: [string, string | File][]) => {
      const made = new FormData()
      for (const [name, value] of parts) made.append(name, value)
      return made
    }
    for (const bad of [
      form(['file', 'text']),
      form(['photo', await file()]),
      form(['file', await file()], ['file', await file()]),
      form(['file', await file()], ['note', '1']),
      form(),
    ])
      expect((await send(bad, '')).status).toBe(400)
    expect((await send('--x\r\nrubbish', 'multipart/form-data; boundary=x')).status).toBe(400)
    expect((await send('', 'multipart/form-data')).status).toBe(400)
    expect((await send('', 'image/png')).status).toBe(415)
    expect(await counts()).toEqual(before)
  })

  test('21 MB are refused, with and without a stated length, as body and in a form', async () => {
    const before = await counts()
    const large = new Uint8Array(21 * 1024 * 1024)
    large.set(await png())
    expect(await send(large)).toMatchObject({ status: 413, body: { code: 'too-large' } })
    const form = new FormData()
    form.set('file', new File([large], 'a.png'))
    expect((await send(form, '')).status).toBe(413)
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(large.slice(0, 1024 * 1024))
      },
    })
    const stream = { method: 'POST', body: endless, duplex: 'half', headers: { 'content-type': 'image/png' } }
    const answer = await call(`/photos?layer=facilities&feature=${feature}`, stream as RequestInit)
    expect(answer.status).toBe(413)
    expect(pulled).toBeLessThan(30)
    // Above the limit of other bodies, below that of photos: it is the picture that is refused.
    expect((await send(large.slice(0, 12 * 1024 * 1024))).status).toBe(201)
    expect((await counts()).rows).toBe(before.rows + 1)
  })

  test('an upload that breaks off half-way leaves nothing and does not stop the next', async () => {
    const before = await counts()
    const server = createAdaptorServer({ fetch: createApp(context.deps, askedBy(ADMINISTRATOR)).fetch })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const whole = await png()
    const headers = { 'content-type': 'image/png', 'content-length': whole.length }
    const path = `/api/v1/photos?layer=facilities&feature=${feature}`
    for (let round = 0; round < 12; round += 1)
      await new Promise<void>((resolve) => {
        const request = httpRequest({ port, host: '127.0.0.1', path, method: 'POST', headers })
        request.on('error', () => {})
        request.on('close', resolve)
        request.write(whole.subarray(0, whole.length / 2), () => setTimeout(() => request.destroy(), 20))
      })
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body: whole,
      headers: { 'content-type': 'image/png' },
    })
    expect(answer.status).toBe(201)
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
    expect(await counts()).toEqual({ files: before.files + 2, rows: before.rows + 1, loose: 0 })
  })

  test('who goes away while the photo is being stored finds it not stored', async () => {
    const before = await counts()
    const gone = new AbortController()
    const store: PhotoStore = {
      ...context.deps.photos,
      put: async (...given) => {
        await context.deps.photos.put(...given)
        gone.abort()
      },
    }
    const about = {
      layer: 'facilities' as const,
      feature,
      note: undefined,
      author: { name: 'local' },
      reach: 'everywhere' as const,
    }
    const adding = addPhoto({ sql: context.database.sql, store }, await png(), about, gone.signal)
    await expect(adding).rejects.toMatchObject({ code: 'bad-request' })
    expect(await counts()).toEqual(before)
  })

  test('when the row cannot be written, or the second file cannot, no file is left', async () => {
    const before = await counts()
    const { sql } = context.database
    const about = {
      layer: 'facilities' as const,
      feature,
      note: undefined,
      author: { name: 'local' },
      reach: 'everywhere' as const,
    }
    const missing = addPhoto({ sql, store: context.deps.photos }, await png(), { ...about, feature: 987_654 })
    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
    let puts = 0
    const failing: PhotoStore = {
      ...context.deps.photos,
      put: async (...given) => {
        puts += 1
        if (puts === 2) throw new Error('no room')
        await context.deps.photos.put(...given)
      },
    }
    await expect(addPhoto({ sql, store: failing }, await png(), about)).rejects.toThrow('no room')
    expect(puts).toBe(2)
    expect(await counts()).toEqual(before)
  })

  test('the sweep finds what a crash left, spares what is stored and what is still on its way', async () => {
    const { sql } = context.database
    const { photos: store } = context.deps
    const before = await counts()
    const [crashed, onItsWay] = [crypto.randomUUID(), crypto.randomUUID()]
    for (const id of [crashed, onItsWay]) {
      await announcePhoto(sql, id)
      await store.put(photoKey(id, 'full'), await png(), 'image/jpeg')
    }
    await sql`UPDATE photo_loose SET since = now() - interval '2 hours' WHERE id = ${crashed}`
    expect(await sweepPhotos(sql, store)).toBe(1)
    expect(await counts()).toEqual({ files: before.files + 1, rows: before.rows, loose: 1 })
    expect(files()).toContain(photoKey(onItsWay, 'full').slice(3))
    await sql`UPDATE photo_loose SET since = now() - interval '2 hours'`
    expect(await sweepPhotos(sql, store)).toBe(1)
    expect(await counts()).toEqual(before)
  })

  test('an upload that the sweep gave up is told so and leaves nothing', async () => {
    const before = await counts()
    const { sql } = context.database
    const store: PhotoStore = {
      ...context.deps.photos,
      put: async (...given) => {
        await context.deps.photos.put(...given)
        await doomLoose(sql, -1, 10)
      },
    }
    const about = {
      layer: 'facilities' as const,
      feature,
      note: undefined,
      author: { name: 'local' },
      reach: 'everywhere' as const,
    }
    await expect(addPhoto({ sql, store }, await png(), about)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await counts()).toEqual(before)
  })

  test('files that could not be deleted are deleted by the next sweep', async () => {
    const { sql } = context.database
    const { body: photo } = await send(await png())
    const broken: PhotoStore = {
      ...context.deps.photos,
      delete: () => Promise.reject(new Error('no answer')),
    }
    const app = createApp({ ...context.deps, photos: broken }, askedBy(ADMINISTRATOR))
    expect((await app.request(`/api/v1/photos/${photo.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await counts()).loose).toBe(1)
    await expect(sweepPhotos(sql, broken)).rejects.toThrow('no answer')
    expect(await sweepPhotos(sql, context.deps.photos)).toBe(1)
  })

  test('photos of notes deleted long ago are swept, and their notes stay in the audit trail', async () => {
    const { sql } = context.database
    const note = await newNote('很久以前')
    const { body: photo } = await send(await png(), 'image/png', `&note=${note.id}`)
    await call(`/notes/${note.id}`, { method: 'DELETE', headers: version(1) })
    await sql`UPDATE note SET deleted_at = now() - interval '31 days' WHERE id = ${note.id}`
    expect(await sweepPhotos(sql, context.deps.photos)).toBe(1)
    expect(files()).not.toContain(photoKey(photo.id, 'full').slice(3))
    const [event] = await sql`
      SELECT before->'note'->>'text' AS text FROM event WHERE kind = 'note' AND before->'note'->>'id' = ${String(note.id)}`
    expect(event).toMatchObject({ text: '很久以前' })
  })

  test('many at once are all kept', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, async () => send(await png())))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(12)
  })

  test('a file that is missing from the store is said to be, and is not an internal error', async () => {
    const { body: photo } = await send(await png())
    await context.deps.photos.delete(photoKey(photo.id, 'full'))
    expect(await call(`/photos/${photo.id}/full`)).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('missing from the photo store') },
    })
    await call(`/photos/${photo.id}`, { method: 'DELETE' })
  })
})
