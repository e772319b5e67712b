import sharp from 'sharp'
import { expect, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'

const open = openPages()
const photo = (background: string) =>
  sharp({ create: { width: 1200, height: 800, channels: 3, background } })
    .jpeg()
    .toBuffer()

async function facility(index: number): Promise<number> {
  const page = await askServer(`${demoUrl()}/api/v1/facilities?limit=20&geometry=false`)
  const { features } = (await page.json()) as { features: { id: number }[] }
  return features[index]!.id
}
async function openNotes(index: number, lang = 'zh') {
  const id = await facility(index)
  const opened = await open(`${demoUrl()}/?lang=${lang}&theme=light&at=facilities/${id}&tab=notes`)
  await opened.page.getByTestId('notes-tab').waitFor()
  return { ...opened, id }
}

test('a note with photos is written by keyboard, enlarged, changed, deleted and brought back', async () => {
  const { page, context, errors, id } = await openNotes(0)
  await page.getByText('还没有备注').waitFor()
  const composer = page.getByTestId('note-composer')
  await composer.getByRole('textbox').fill('消防栓前停了车\n已贴单')
  await composer
    .locator('input[type=file]')
    .last()
    .setInputFiles([
      { name: '一.jpg', mimeType: 'image/jpeg', buffer: await photo('#3a7') },
      { name: '二.jpg', mimeType: 'image/jpeg', buffer: await photo('#a37') },
    ])
  await composer.getByRole('textbox').press('Control+Enter')
  const note = page.getByTestId('note')
  await note.getByText('已贴单').waitFor()
  await note.getByRole('button', { name: /放大照片 2\/2/ }).waitFor()
  await expect.poll(() => composer.getByRole('textbox').inputValue()).toBe('')
  await expect.poll(() => composer.locator('img').count()).toBe(0)

  await note.getByRole('button', { name: /放大照片 1\/2/ }).press('Enter')
  const box = page.getByRole('dialog')
  await box.getByRole('img', { name: /照片 1\/2 · 我/ }).waitFor()
  await page.keyboard.press('ArrowRight')
  const second = box.getByRole('img', { name: /照片 2\/2/ })
  await second.waitFor()
  await expect.poll(() => second.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1200)
  await page.keyboard.press('Escape')
  await box.waitFor({ state: 'detached' })
  // Escape closed the picture, not the place.
  expect(page.url()).toContain(`at=facilities/${id}`)

  await note.getByRole('button', { name: '编辑备注' }).click()
  await note.getByRole('textbox').fill('已拖走')
  await note.getByRole('textbox').press('Control+Enter')
  await note.getByText('已拖走').waitFor()
  await note.getByText('已改').waitFor()

  await note.getByRole('button', { name: '删除备注' }).click()
  await note.waitFor({ state: 'detached' })
  await page.getByTestId('toast-undo').click()
  await note.getByText('已拖走').waitFor()
  await note.getByRole('button', { name: /放大照片 2\/2/ }).waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('who was overtaken sees the other text before replacing it', async () => {
  const { page, context, id } = await openNotes(1, 'en')
  const api = `${demoUrl()}/api/v1/notes`
  const json = { 'content-type': 'application/json' }
  const body = JSON.stringify({ layer: 'facilities', feature: id, text: 'first' })
  // Written elsewhere; the page hears of it by itself.
  const made = (await (await askServer(api, { method: 'POST', headers: json, body })).json()) as {
    id: number
  }
  const note = page.getByTestId('note')
  await note.getByText('first').waitFor()
  await note.getByRole('button', { name: 'Edit note' }).click()
  await note.getByRole('textbox').fill('mine')
  await askServer(`${api}/${made.id}`, {
    method: 'PATCH',
    headers: { ...json, 'if-match': '"1"' },
    body: JSON.stringify({ text: 'theirs' }),
  })
  await note.getByRole('button', { name: 'Save' }).click()
  await note.getByRole('alert').getByText('theirs').waitFor()
  await expect.poll(() => note.getByRole('textbox').inputValue()).toBe('mine')
  await note.getByRole('button', { name: 'Save' }).click()
  await note.getByText('mine', { exact: true }).waitFor()
  await context.close()
})

test('pasted and dropped photos are taken, what is none is named, and a draft survives looking elsewhere', async () => {
  const { page, context, id } = await openNotes(2)
  const composer = page.getByTestId('note-composer')
  const give = async (kind: 'paste' | 'drop', name: string, type: string, bytes: Buffer) =>
    composer.getByRole('textbox').evaluate(
      (field, [kind, name, type, base64]) => {
        const data = new DataTransfer()
        const content = Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0))
        data.items.add(new File([content], name!, { type: type! }))
        const common = { bubbles: true, cancelable: true }
        field.dispatchEvent(
          kind === 'paste'
            ? new ClipboardEvent('paste', { ...common, clipboardData: data })
            : new DragEvent('drop', { ...common, dataTransfer: data }),
        )
      },
      [kind, name, type, bytes.toString('base64')],
    )
  await give('paste', 'pasted.jpg', 'image/jpeg', await photo('#a37'))
  await composer.getByRole('img', { name: 'pasted.jpg' }).waitFor()
  await give('drop', 'plan.pdf', 'application/pdf', Buffer.from('%PDF-1.7'))
  await give('drop', 'broken.jpg', 'image/jpeg', (await photo('#37a')).subarray(0, 500))
  await composer.getByRole('textbox').fill('写到一半')

  await page.getByText('概况', { exact: true }).click()
  await page.getByTestId('notes-tab').waitFor({ state: 'detached' })
  await page.getByText('备注', { exact: true }).click()
  await expect.poll(() => composer.getByRole('textbox').inputValue()).toBe('写到一半')
  await composer.getByRole('textbox').fill('')
  await composer.getByRole('button', { name: '添加照片' }).click()

  await page.getByTestId('photos').getByRole('button').waitFor()
  const uploads = page.getByTestId('uploads')
  await uploads.getByText('不是 JPEG、PNG 或 WebP 图片').waitFor()
  await uploads.getByText(/文件读不出来/).waitFor()
  await uploads.getByRole('button', { name: '移除 plan.pdf' }).click()
  await uploads.getByRole('button', { name: '移除 broken.jpg' }).click()
  await uploads.waitFor({ state: 'detached' })
  const kept = await askServer(`${demoUrl()}/api/v1/photos?layer=facilities&feature=${id}`)
  expect(((await kept.json()) as { photos: unknown[] }).photos).toHaveLength(1)

  // For good, and only on the second press.
  await page.getByTestId('photos').getByRole('button').click()
  const box = page.getByRole('dialog')
  await box.getByRole('button', { name: '删除照片' }).click()
  await box.getByRole('button', { name: /永久删除/ }).click()
  await page.getByText('还没有备注').waitFor()
  await context.close()
})

test('an upload that is cancelled half-way leaves nothing here and nothing there', async () => {
  const { page, context, id } = await openNotes(3)
  let held = () => {}
  const hold = new Promise<void>((resolve) => (held = resolve))
  await page.route('**/api/v1/photos?*', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await hold
    await route.abort().catch(() => {})
  })
  const composer = page.getByTestId('note-composer')
  await composer
    .locator('input[type=file]')
    .last()
    .setInputFiles([{ name: 'slow.jpg', mimeType: 'image/jpeg', buffer: await photo('#777') }])
  await composer.getByRole('button', { name: '添加照片' }).click()
  await page.getByRole('button', { name: '取消上传 slow.jpg' }).click()
  await page.getByTestId('uploads').waitFor({ state: 'detached' })
  held()
  const kept = await askServer(`${demoUrl()}/api/v1/photos?layer=facilities&feature=${id}`)
  expect(((await kept.json()) as { photos: unknown[] }).photos).toEqual([])
  await context.close()
})
