import { expect, test } from 'vitest'
import type { ViewSearch } from '../app/view-state.ts'
import { openSavedView, queryOfPage } from './view-query.ts'

test('a view keeps filters, layers, camera and selection, never whose language or which tool', () => {
  expect(
    queryOfPage(
      '?lang=en&theme=dark&tool=edit&with=multi&at=hazards/3&map=15/31.3/120.6&f-hazards=state:handling',
    ),
  ).toBe('?at=hazards/3&map=15/31.3/120.6&f-hazards=state:handling')
})

test('opening a view leaves no filter of the view before', () => {
  let told: ViewSearch = {}
  openSavedView(
    { query: '?f-roads=kind:main&lang=zh' },
    {
      search: { 'f-hazards': 'state:closed', at: 'hazards/1', lang: 'en', theme: 'dark' },
      change: (patch) => {
        told = patch
      },
    },
  )
  expect(told).toMatchObject({ 'f-roads': 'kind:main', lang: 'en', theme: 'dark' })
  expect('f-hazards' in told && told['f-hazards'] === undefined).toBe(true)
  expect('at' in told && told.at === undefined).toBe(true)
})

test('a stored query that is hostile or of another version opens on what it still means', () => {
  expect(queryOfPage('?at=<script>&f-hazards=state:nope;q:x&wall=1')).toBe('?f-hazards=q:x')
})
