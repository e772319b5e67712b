import { expect, test } from 'vitest'
import { TOOLS } from './tools.ts'
import { WORK_DEFINITIONS } from './works.ts'

const shortcuts = [
  ...TOOLS.flatMap(({ shortcut }) => shortcut ?? []),
  ...WORK_DEFINITIONS.map(({ key }) => `g ${key}`),
]

test('two tools that share a shortcut would leave one of them without', () => {
  expect(shortcuts.filter((keys, at) => shortcuts.indexOf(keys) !== at)).toEqual([])
})

test('a shortcut that is another’s first key would never let that one begin', () => {
  const begins = shortcuts.filter((keys) => shortcuts.some((other) => other.startsWith(`${keys} `)))
  expect(begins).toEqual([])
})
