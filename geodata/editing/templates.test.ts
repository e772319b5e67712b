import { expect, test } from 'vitest'
import { LAYERS } from '../layers.ts'
import { LAYER_IDS } from '../shared/layer.ts'
import { fillTemplate, TEMPLATES, templatesOf } from './templates.ts'

const context = { language: 'zh', reportedAt: '2026-11-22T08:00:00+08:00' } as const

test('every layer has templates, with ids of their own and names in both languages', () => {
  for (const layer of LAYER_IDS) expect(templatesOf(layer).length, layer).toBeGreaterThan(0)
  expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(TEMPLATES.length)
  for (const { id, zh, en } of TEMPLATES) {
    expect(zh, id).toMatch(/[\u4e00-\u9fff]|AED/)
    expect(en, id).toMatch(/^[A-Z]/)
  }
})

test.each(TEMPLATES.map((template) => [template.id, template] as const))(
  '%s makes a feature that its layer takes',
  (_, template) => {
    const code = template.layer === 'communities' ? { code: '990101001001' } : {}
    const properties = { ...fillTemplate(template, context), ...code }
    expect(LAYERS[template.layer].input.safeParse(properties).error).toBeUndefined()
    expect(properties).toMatchObject(template.properties)
  },
)

test('every kind of the layers with kinds has a template', () => {
  for (const layer of LAYER_IDS) {
    const property = LAYERS[layer].kindProperty
    if (!property || layer === 'zones' || layer === 'hazards') continue
    const made = new Set(templatesOf(layer).map(({ properties }) => properties[property]))
    for (const kind of kindsOf(layer, property)) expect(made, layer).toContain(kind)
  }
})

/** Kinds that the schema takes, found by asking it: an unlisted value is answered with those that are listed. */
function kindsOf(layer: (typeof LAYER_IDS)[number], property: string): unknown[] {
  const read = LAYERS[layer].input.safeParse({ [property]: 'no such kind' })
  const issue = read.error?.issues.find(({ path }) => path[0] === property)
  if (issue?.code !== 'invalid_value') throw new Error(`${layer}.${property} is no list of values`)
  return issue.values
}

test('a name is given in the language asked for, and the time of a hazard is the caller’s', () => {
  const [hazard] = templatesOf('hazards')
  expect(fillTemplate(hazard!, { ...context, language: 'en' })).toMatchObject({
    title: 'Fire-fighting facility fault',
    reportedAt: context.reportedAt,
    state: 'reported',
  })
})
