import { expect, test } from 'vitest'
import { campaignAsk, readAsk } from './campaigns-ask.ts'

test('what of a campaign is shown stands in the address, and a visit comes back to it', () => {
  const choice = { state: 'open', cell: '990101001001002', byCell: undefined } as const
  expect(campaignAsk(12, choice, 34)).toBe('c/12/t/34?state=open&in=990101001001002')
  expect(readAsk(campaignAsk(12, choice, 34))).toEqual({ what: 'target', id: 12, target: 34, choice })
  expect(readAsk(campaignAsk(12, { byCell: true }))).toEqual({
    what: 'campaign',
    id: 12,
    choice: { byCell: true },
  })
  expect(campaignAsk(12, {})).toBe('c/12')
})

test('what nobody could have chosen is left out, and an address that cannot be read shows the campaigns', () => {
  expect(readAsk('c/12?state=nonsense&in=12&show=x')).toEqual({ what: 'campaign', id: 12, choice: {} })
  expect(readAsk('c/x')).toEqual({ what: 'campaigns' })
  expect(readAsk('c/1234567890123456')).toEqual({ what: 'campaigns' })
  expect(readAsk(undefined)).toEqual({ what: 'campaigns' })
  expect(readAsk('watch/十户联防组 001')).toEqual({ what: 'group', holder: '十户联防组 001' })
})
