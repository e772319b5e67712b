import { expect, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'

const open = openPages()
const held = async (query: string): Promise<{ holder: string }[]> => {
  const answer = await askServer(`${demoUrl()}/api/v1/duties?limit=1000&${query}`)
  return ((await answer.json()) as { duties: { holder: string }[] }).duties
}

test('somebody is given a duty by keyboard, and it is taken back', async () => {
  const page = (await open(`${demoUrl()}/?lang=zh&theme=light&tab=duties&at=${await firstCheckpoint()}`)).page
  const tab = page.getByTestId('duties-tab')
  await tab.getByText('还没有点位负责人').waitFor()
  await tab.getByTestId('duty-add').press('Enter')
  const holder = tab.getByLabel('责任人', { exact: true })
  await holder.fill('巡防岗 01')
  await holder.press('Enter')
  await tab.getByTestId('duty').getByText('巡防岗 01').waitFor()
  await expect.poll(() => tab.getByText('还没有点位负责人').count()).toBe(0)
  expect(await held('role=post-keeper')).toHaveLength(1)
  await page.getByTestId('toast-undo').press('Enter')
  await tab.getByText('还没有点位负责人').waitFor()
  expect(await held('role=post-keeper')).toEqual([])
})

test('what nobody looks after is handed out, adopted and taken back', async () => {
  const { page, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=dark&work=coverage&left=questions&ask=duty`,
  )
  await page.getByTestId('duty-form').getByTestId('duty-assign').press('Space')
  const before = await held('role=building-leader')
  await page.getByTestId('question-run').click()
  const proposal = page.getByTestId('duty-proposal')
  await proposal.waitFor({ timeout: 60_000 })
  await proposal.getByTestId('adopt').click()
  const undo = page.getByTestId('toast-undo')
  await undo.waitFor()
  expect((await held('role=building-leader')).length).toBeGreaterThan(before.length)
  await undo.click()
  await expect.poll(async () => (await held('role=building-leader')).length).toBe(before.length)
  expect(errors).toEqual([])
})

async function firstCheckpoint(): Promise<string> {
  const page = await askServer(`${demoUrl()}/api/v1/checkpoints?limit=1&geometry=false`)
  const { features } = (await page.json()) as { features: { id: number }[] }
  return `checkpoints/${features[0]!.id}`
}
