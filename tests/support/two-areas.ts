import { beforeAll, expect } from 'vitest'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../../server/access/reach.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { client, smallHierarchy } from './small-hierarchy.ts'
import { cells, clientOf, supervisor } from './writer.ts'

type Hierarchy = Awaited<ReturnType<typeof smallHierarchy>>

/**
 * Two communities for the tests of a describe, and those who write in them. A is 40 × 20 thousandths of a degree; B lies on
 * it in the north. The ids in `areas` are there in tests and hooks.
 */
export function twoAreas(context: DatabaseContext) {
  let made: { a: Hierarchy; b: Hierarchy } | undefined
  beforeAll(async () => {
    made = {
      a: await smallHierarchy(context, '990101001001', 0),
      b: await smallHierarchy(context, '990101001002', 20),
    }
  })
  const ready = () => {
    if (!made) throw new Error('The areas are there in tests and hooks only, not while collecting.')
    return made
  }
  const areas = {
    get a() {
      return ready().a
    },
    get b() {
      return ready().b
    },
  }
  const by = (reach: Reach) => clientOf(context, supervisor(reach))
  const inA = () => by([cells({ communities: [areas.a.community] })])
  const inWest = () => by([cells({ grids: [areas.a.west] })])

  /** Everything that a write could change; an answer that is a refusal must leave it. */
  async function state() {
    const [row] = await context.database.sql`
      SELECT (SELECT max(id) FROM event) AS event, (SELECT count(*) FROM feature_version) AS versions,
        (SELECT count(*) FROM change_set) AS sets, (SELECT count(*) FROM note) AS notes,
        (SELECT count(*) FROM note WHERE deleted_at IS NOT NULL) AS deleted, (SELECT count(*) FROM photo) AS photos,
        (SELECT count(*) FROM import_batch) AS batches,
        (SELECT md5(string_agg(t::text, ',' ORDER BY t.id)) FROM facility t) AS facilities,
        (SELECT md5(string_agg(t::text, ',' ORDER BY t.id)) FROM building t) AS buildings`
    return row
  }
  /** What a refused call answers; it must have changed nothing. */
  async function refused<T>(call: () => Promise<T>): Promise<T> {
    const before = await state()
    const answer = await call()
    expect(await state()).toEqual(before)
    return answer
  }
  return { all: client(context), areas, by, inA, inWest, refused }
}

export const outside = (layer: LayerId, id?: number) => ({
  status: 403,
  body: { code: 'outside-area', at: { layer, ...(id === undefined ? {} : { id }) } },
})
