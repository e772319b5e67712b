import { expect, test } from 'vitest'
import { asksToEmbed, embedAddress, embedCode, fullAddress } from './embed-address.ts'

const HREF =
  'https://grid.example/?at=320508019044&map=15/31.3/120.6&layers=grids,hazards&lang=zh&theme=dark&f-hazards=q%3A%E7%94%B5%E5%8A%A8%26x&tool=measure&with=line/1,2&fold=layers&work=hazards&left=list#top'

test('an embedded map keeps camera, layers, filters, language; panels and tools stay behind', () => {
  expect(embedAddress(HREF)).toBe(
    'https://grid.example/?at=320508019044&map=15/31.3/120.6&layers=grids,hazards&lang=zh&theme=dark&f-hazards=q%3A%E7%94%B5%E5%8A%A8%26x&embed=1',
  )
  expect(fullAddress(embedAddress(HREF))).not.toContain('embed')
  expect(embedAddress('https://grid.example/?embed=1&embed=1')).toBe('https://grid.example/?embed=1')
})

test('the page and the server read “embed” alike', () => {
  for (const yes of ['?embed=1', '?embed', '?lang=zh&embed=']) expect(asksToEmbed(yes), yes).toBe(true)
  for (const no of ['', '?embed=0', '?embedded=1', '?embed=true']) expect(asksToEmbed(no), no).toBe(false)
})

test('a name with quotes cannot break out of the code that is pasted elsewhere', () => {
  const code = embedCode('https://a.example/?a=1&b="2', '"><script>alert(1)</script>', 480)
  expect(code).not.toContain('<script>')
  expect(code.match(/"/g)).toHaveLength(12)
  expect(code).toContain('a=1&amp;b=&quot;2')
})
