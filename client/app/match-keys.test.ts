import { expect, test } from 'vitest'
import { type Command, shownKeys } from './commands.ts'
import { matchKeys } from './match-keys.ts'

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  group: 'page',
  label: id,
  keys,
  run: () => {},
  ...more,
})
const commands = [
  command('map', ['g m']),
  command('measure', ['m']),
  command('search', ['mod+k', '/']),
  command('drill', ['Enter'], { onMap: true }),
  { ...command('told', ['x']), run: undefined } as unknown as Command,
]
const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})
const idOf = (...args: Parameters<typeof matchKeys>) => matchKeys(...args).command?.id

test('the second key of a sequence is not taken for a key of its own', () => {
  const first = matchKeys(commands, press('g'), undefined, false)
  expect(first).toEqual({ command: undefined, pending: 'g' })
  expect(idOf(commands, press('m'), first.pending, false)).toBe('map')
  expect(idOf(commands, press('m'), undefined, false)).toBe('measure')
})

test('a sequence that does not go on is forgotten, and its second key still counts', () => {
  expect(matchKeys(commands, press('m'), 'q', false).command?.id).toBe('measure')
  expect(matchKeys(commands, press('z'), 'g', false)).toEqual({ command: undefined, pending: undefined })
})

test('Ctrl+M of the browser is not the M of a tool, and Ctrl and ⌘ are one', () => {
  expect(idOf(commands, press('m', { ctrlKey: true }), undefined, false)).toBeUndefined()
  expect(idOf(commands, press('k', { metaKey: true }), undefined, false)).toBe('search')
  expect(idOf(commands, press('K', { ctrlKey: true, shiftKey: true }), undefined, false)).toBe('search')
  expect(idOf(commands, press('m', { altKey: true }), undefined, false)).toBeUndefined()
})

test('a key of the map is left alone where a button has the focus', () => {
  expect(idOf(commands, press('Enter'), undefined, false)).toBeUndefined()
  expect(idOf(commands, press('Enter'), undefined, true)).toBe('drill')
})

test('a key that is only told of never swallows a press', () => {
  expect(matchKeys(commands, press('x'), undefined, true)).toEqual({ command: undefined, pending: undefined })
})

test('the plus key and the slash are shown as themselves', () => {
  expect(shownKeys('+')).toEqual(['+'])
  expect(shownKeys('/')).toEqual(['/'])
  expect(shownKeys('g m')).toEqual(['G', 'M'])
})
