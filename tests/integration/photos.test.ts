import sharp from 'sharp'
import { expect, test } from 'vitest'
import { photoKey } from '../../server/photos/photo-keys.ts'
import { sweepPhotos } from '../../server/photos/sweep-photos.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { photoClient, png, version } from '../support/photo-client.ts'

onBothDatabases('photos', (context) => {
  const photos = photoClient(context)
  const { call, newFacility, newNote, send, bytesOf, files, counts } = photos

  test('a picture sent as the body or in a form is kept in two sizes and served to be cached for good', async () => {
    const form = new FormData()
    form.set('file', new File([await png()], '../../../etc/cron.d/x.html', { type: 'text/html' }))
    for (const answer of [await send(await png()), await send(form, '')]) {
      expect(answer, JSON.stringify(answer.body)).toMatchObject({
        status: 201,
        body: {
          layer: 'facilities',
          feature: photos.feature,
          note: null,
          width: 400,
          height: 300,
          author: 'local',
        },
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
      (await call(`/photos?layer=facilities&feature=${photos.feature}&limit=200${more}`)).body.photos
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
    const all = (await call(`/photos?layer=facilities&feature=${photos.feature}&limit=200`)).body
    expect(all.next).toBeNull()
    expect(all.photos.length).toBeGreaterThan(3)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await call(`/photos?layer=facilities&feature=${photos.feature}&limit=2${cursor}`)
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
      { kind: 'note', feature: photos.feature, west: null, before: null, after: photo.id },
      { kind: 'note', feature: photos.feature, west: null, before: photo.id, after: null },
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
    expect(await to(`layer=facilities&feature=${photos.feature}&note=987654`)).toBe(404)
    expect(await to(`layer=facilities&feature=${photos.feature}&colour=red`)).toBe(400)
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
    const answer = await call(`/photos?layer=facilities&feature=${photos.feature}`, stream as RequestInit)
    expect(answer.status).toBe(413)
    expect(pulled).toBeLessThan(30)
    // Above the limit of other bodies, below that of photos: it is the picture that is refused.
    expect((await send(large.slice(0, 12 * 1024 * 1024))).status).toBe(201)
    expect((await counts()).rows).toBe(before.rows + 1)
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
