import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeAll, expect } from 'vitest'
import type { DatabaseContext } from './on-both-databases.ts'

const PNG = sharp({ create: { width: 400, height: 300, channels: 3, background: '#3a7' } })
  .png()
  .toBuffer()

export const version = (number: number) => ({ 'if-match': `"${number}"` })
export const png = async () => new Uint8Array(await PNG)

/** Sends photos of one facility and looks into the store. After each test of the describe nothing may lie about. */
export function photoClient(context: DatabaseContext) {
  let feature = 0
  beforeAll(async () => {
    feature = await newFacility()
  })

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
  afterEach(async () => {
    const { files, rows, loose } = await counts()
    expect({ files, loose }).toEqual({ files: rows * 2, loose: 0 })
  })
  return {
    call,
    newFacility,
    newNote,
    send,
    bytesOf,
    files,
    counts,
    /** The id of the facility; in tests and hooks. */
    get feature() {
      return feature
    },
  }
}
