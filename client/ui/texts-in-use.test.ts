import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import type { FeatureTexts } from './i18n.ts'
import { zh } from './zh.ts'

type Node = { type: string; start: number; end: number } & Record<string, unknown>

/** Files whose very purpose is text in both languages; format.ts has the units. */
const isTexts = (path: string) => /\/(texts|zh|en|format)\.ts$/.test(path)

const sources = Object.entries(
  import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true }),
)
  .filter(([path]) => !isTexts(path) && !path.includes('.test.'))
  .map(([path, code]) => {
    const { program, errors } = parseSync(path, code)
    if (errors.length) throw new Error(`${path}: ${errors[0]!.message}`)
    return { path, program: program as unknown as Node }
  })

const bundles = Object.entries(
  import.meta.glob<FeatureTexts>('../**/texts.ts', { import: 'texts', eager: true }),
).map(([path, texts]) => ({ path, ...texts }))

function keysOf(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}`] : keysOf(value, `${path}${key}.`),
  )
}
const textOf = (tree: object, key: string): string =>
  key.split('.').reduce((node: unknown, part) => (node as Record<string, unknown>)[part], tree) as string
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

const trees = [{ path: 'ui', zh, en }, ...bundles]
const known = new Set(trees.flatMap(({ zh }) => keysOf(zh)))

function walk(node: unknown, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  if (Array.isArray(node)) for (const item of node) walk(item, visit, parent)
  else if (node && typeof node === 'object' && typeof (node as Node).type === 'string') {
    visit(node as Node, parent)
    for (const [name, value] of Object.entries(node))
      if (name !== 'parent' && value && typeof value === 'object') walk(value, visit, node as Node)
  }
}

/** `tool.${id}` as the pattern that the keys it may mean fit. */
function patternOf(template: Node): RegExp | undefined {
  const quasis = (template.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked)
  if (!/^[a-z][\w.]*\.[\w.]*$/i.test(quasis[0]!)) return undefined
  return new RegExp(`^${quasis.map((part) => part.replaceAll('.', '\\.')).join('[\\w-]+')}$`)
}

/** A key is used by a literal that is the key, or by a template that can be it; plural forms count as their stem. */
const literals = new Set<string>()
const patterns: { path: string; pattern: RegExp; called: boolean }[] = []
const called: { path: string; key: string }[] = []
for (const { path, program } of sources)
  walk(program, (node, parent) => {
    const isCall =
      parent?.type === 'CallExpression' &&
      (parent.callee as Node).type === 'Identifier' &&
      (parent.callee as Node).name === 't' &&
      (parent.arguments as Node[])[0] === node
    if (node.type === 'Literal' && typeof node.value === 'string') {
      literals.add(node.value)
      if (isCall) called.push({ path, key: node.value })
    }
    if (node.type === 'TemplateLiteral') {
      const pattern = patternOf(node)
      if (pattern) patterns.push({ path, pattern, called: isCall })
    }
  })
const stem = (key: string) => key.replace(/_(one|other|zero)$/, '')

test.each(trees)(
  '$path: a text in one language only would show its key to the other half of the users',
  (tree) => {
    expect(keysOf(tree.en).map(stem).sort()).toEqual(keysOf(tree.zh).map(stem).sort())
  },
)

test.each(trees)('$path: a placeholder missing in one language would lose the figure', (tree) => {
  const english = new Set(keysOf(tree.en))
  for (const key of keysOf(tree.zh))
    if (english.has(key))
      expect(placeholders(textOf(tree.en, key)), key).toEqual(placeholders(textOf(tree.zh, key)))
})

test('the same key in two files would overwrite one text with the other', () => {
  const all = trees.flatMap(({ zh }) => keysOf(zh))
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([])
})

test('a key that no text has would be shown as it is', () => {
  const stems = new Set([...known].map(stem))
  expect(called.filter(({ key }) => !stems.has(key))).toEqual([])
  expect(
    patterns.filter(({ pattern, called }) => called && ![...stems].some((key) => pattern.test(key))),
  ).toEqual([])
})

test('a text that nothing shows is a left-over', () => {
  const unused = [...known]
    .map(stem)
    .filter((key) => !literals.has(key) && !patterns.some(({ pattern }) => pattern.test(key)))
  expect(unused).toEqual([])
})

const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'title',
  'placeholder',
  'label',
  'description',
  'alt',
  'message',
])
/** Names of the product, of keys and units read the same in every language. */
const NEUTRAL = /^(Gridward|⌘K|Ctrl\+?\S*|EN|中|中文|English|v|[\d\s·•–—…/:,.()[\]+×%°′″#-]*)$/
const isWords = (text: string) => /\p{L}{2,}|\p{Script=Han}/u.test(text) && !NEUTRAL.test(text.trim())

test('text written into a component is never translated', () => {
  const hard: string[] = []
  for (const { path, program } of sources)
    walk(program, (node, parent) => {
      const at = (text: string) => hard.push(`${path}: ${text.trim()}`)
      if (node.type === 'JSXText' && isWords(String(node.value)) && !insideCode(parent))
        at(String(node.value))
      if (node.type === 'JSXAttribute' && SPOKEN.has(String((node.name as Node).name))) {
        const value = node.value as Node | null
        if (value?.type === 'Literal' && isWords(String(value.value))) at(String(value.value))
      }
      if (node.type === 'Property' && SPOKEN.has(String((node.key as Node).name)) && path.endsWith('.tsx')) {
        const value = node.value as Node
        // Names of properties in data (sort orders, API fields) are lower-case words, texts are not.
        if (
          value.type === 'Literal' &&
          isWords(String(value.value)) &&
          !/^[a-z][\w.-]*$/i.test(String(value.value))
        )
          at(String(value.value))
      }
      if (
        node.type === 'Literal' &&
        /\p{Script=Han}/u.test(String(node.value)) &&
        !NEUTRAL.test(String(node.value))
      )
        at(String(node.value))
      if (
        node.type === 'TemplateElement' &&
        /\p{Script=Han}/u.test(String((node.value as { raw: string }).raw))
      )
        at(String((node.value as { raw: string }).raw))
    })
  expect([...new Set(hard)]).toEqual([])
})

function insideCode(parent: Node | undefined): boolean {
  const name = (parent?.openingElement as Node | undefined)?.name as Node | undefined
  return name?.name === 'code' || name?.name === 'Code' || name?.name === 'Kbd' || name?.name === 'kbd'
}
