import { expect, test } from 'vitest'
import { HAZARD_CATEGORIES } from '../hazards/catalogue.ts'
import { generateDemo } from './generate-demo.ts'
import { writeDepartments } from './write-departments.ts'

test('every category has a department, names are unique, and only charging piles in villages are nobody’s', () => {
  const demo = generateDemo({ seed: 1 })
  const departments = writeDepartments(demo)
  expect(new Set(departments.map(({ name }) => name)).size).toBe(departments.length)
  const sources = new Set(demo.communities.map(({ sourceId }) => sourceId))
  expect(departments.flatMap(({ areas }) => areas).every(({ sourceId }) => sources.has(sourceId))).toBe(true)
  const gaps = HAZARD_CATEGORIES.flatMap(({ code, standard, kind }) =>
    demo.communities.flatMap(({ sourceId, properties }) => {
      const isCovered = departments.some(
        ({ areas, categories }) =>
          categories.some((each) => each.code === code && each.standard === standard && each.kind === kind) &&
          (areas.length === 0 || areas.some((area) => area.sourceId === sourceId)),
      )
      return isCovered ? [] : [{ code, kind: properties.kind }]
    }),
  )
  expect(gaps.length).toBeGreaterThan(0)
  expect(new Set(gaps.map(({ code, kind }) => `${code} ${kind}`))).toEqual(new Set(['01054 village']))
})
