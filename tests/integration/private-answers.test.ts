import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { smallHierarchy } from '../support/small-hierarchy.ts'
import { signedIn, type Visitor, visitor } from '../support/visitor.ts'

const CODE = '990101001001'

onBothDatabases('answers that hold what one person may see', (context) => {
  let person: Visitor
  let community: number
  beforeAll(async () => {
    await smallHierarchy(context, CODE)
    const [row] = await context.database.sql<[{ id: number }]>`SELECT id FROM community`
    community = row.id
    person = await signedIn(context, { username: 'lin', role: 'administrator' })
  })

  test.each([
    ['a list', () => '/communities'],
    ['a feature, which has an ETag to keep it by', () => `/communities/${community}`],
    ['ids', () => '/communities/ids'],
    ['search', () => '/search?q=9'],
    ['the workspace', () => '/workspace'],
    ['history', () => `/communities/${community}/versions`],
    ['notes', () => `/notes?layer=communities&feature=${community}`],
    ['people', () => '/people'],
    ['one person', () => '/people/1'],
    ['the audit trail', () => '/audit'],
    ['settings, which have an ETag too', () => '/settings'],
  ])('%s: nothing on the way and no browser stores it for whoever sits down next', async (_, path) => {
    const answer = await person.call('GET', path())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
  test('a refusal is stored no more than an answer', async () => {
    const answer = await visitor(context).call('GET', '/communities')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})
