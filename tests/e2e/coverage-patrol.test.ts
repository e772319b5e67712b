import { expect, test } from 'vitest'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'
import { walkOne } from './walk-one.ts'

const open = openPages()

test('coverage of the last days is asked by keyboard, drawn, and leads to the walks behind it', async () => {
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=en&theme=dark&work=coverage&ask=patrol&left=questions&layers=roads`,
    { width: 1280, height: 720 },
  )
  await walkOne(context.request, demoUrl(), {
    name: 'Covered',
    team: { id: 'V', name: 'Team V' },
    firstSite: 4,
  })
  await page.getByTestId('patrol-form').waitFor()
  await page.getByTestId('patrol-detail').focus()
  await page.keyboard.press('Space')
  await page.getByTestId('question-run').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('patrol-result').waitFor()
  // Two of the three sites of the round were passed; what it took is told.
  const achieved = page.getByTestId('patrol-achieved')
  await achieved.getByText(/^weight [1-9]\S* of \d+; unknown/).waitFor()
  await page
    .getByTestId('patrol-effort')
    .getByText(/outside the cells/)
    .waitFor()
  await page.getByRole('rowheader', { name: 'Team V', exact: true }).waitFor()
  await page.getByText('Time in hexagons', { exact: true }).click()
  await page
    .getByTestId('patrol-hexagons')
    .getByText(/minutes in a hexagon/)
    .waitFor()
  await page.getByText('Streets: passes', { exact: true }).click()
  await page.getByTestId('patrol-ways').getByText('Not walked').waitFor()
  await settled(page)
  // The address leads back to it.
  await page.reload()
  await page.getByTestId('patrol-result').waitFor()
  await page.getByTestId('patrol-playback').click()
  await page.getByTestId('walked-play').getByText('Team V').first().waitFor()
  expect(errors).toEqual([])
  await context.close()
})
