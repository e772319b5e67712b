import { request as httpRequest } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { addPhoto } from '../../server/photos/add-photo.ts'
import { announcePhoto, doomLoose } from '../../server/photos/photo.store.ts'
import { photoKey } from '../../server/photos/photo-keys.ts'
import type { PhotoStore } from '../../server/photos/photo-store.ts'
import { sweepPhotos } from '../../server/photos/sweep-photos.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { photoClient, png, version } from '../support/photo-client.ts'

onBothDatabases('photos', (context) => {
  const photos = photoClient(context)
  const { call, newNote, send, files, counts } = photos
  const about = () => ({
    layer: 'facilities' as const,
    feature: photos.feature,
    note: undefined,
    author: { name: 'local' },
    reach: 'everywhere' as const,
  })

  test('an upload that breaks off half-way leaves nothing and does not stop the next', async () => {
    const before = await counts()
    const server = createAdaptorServer({ fetch: createApp(context.deps, askedBy(ADMINISTRATOR)).fetch })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const whole = await png()
    const headers = { 'content-type': 'image/png', 'content-length': whole.length }
    const path = `/api/v1/photos?layer=facilities&feature=${photos.feature}`
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
    const adding = addPhoto({ sql: context.database.sql, store }, await png(), about(), gone.signal)
    await expect(adding).rejects.toMatchObject({ code: 'bad-request' })
    expect(await counts()).toEqual(before)
  })

  test('when the row cannot be written, or the second file cannot, no file is left', async () => {
    const before = await counts()
    const { sql } = context.database
    const missing = addPhoto({ sql, store: context.deps.photos }, await png(), {
      ...about(),
      feature: 987_654,
    })
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
    await expect(addPhoto({ sql, store: failing }, await png(), about())).rejects.toThrow('no room')
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
    await expect(addPhoto({ sql, store }, await png(), about())).rejects.toMatchObject({
      code: 'unavailable',
    })
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
})
