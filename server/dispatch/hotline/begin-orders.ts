import type { Category } from '../../../geodata/dispatch/department.schema.ts'
import type { HotlineRow } from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { cutText } from '../../../geodata/dispatch/hotline/read-row.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { beginAs, beginAsUsual } from '../../cases/begin-cases.store.ts'
import type { Doer } from '../../cases/doer.ts'
import { applyChanges } from '../../editing/apply-changes.store.ts'
import type { NewEvent } from '../../live/events.store.ts'
import type { TransactionSql } from '../../platform/database.ts'

/** What a hazard keeps of a demand; the order keeps all of it. */
const MOST_DESCRIBED = 2000

export type OrderToBegin = Pick<
  HotlineRow,
  'number' | 'receivedAt' | 'channel' | 'title' | 'demand' | 'severity'
> & {
  category: Category
  lngLat: LngLat
}

/**
 * The cases of orders, in their order, with the first of their clocks running from now: when the hotline received one is when
 * the hazard was reported. The events are to be recorded last in the transaction. Throws outside-area.
 */
export async function beginOrders(
  tx: TransactionSql,
  orders: readonly OrderToBegin[],
  { actor, reach, role }: Doer,
): Promise<{ hazardIds: number[]; events: NewEvent[] }> {
  await beginAs(tx, { source: 'hotline', role })
  const applied = await applyChanges(
    tx,
    {
      puts: orders.map((order, index) => ({
        layer: 'hazards' as const,
        id: -1 - index,
        version: null,
        geometry: { type: 'Point' as const, coordinates: order.lngLat },
        properties: hazardOf(order),
      })),
      deletes: [],
    },
    {
      actor,
      reach,
      strict: true,
      begin: ({ id }) => {
        const { number, receivedAt, channel } = orders[-1 - id]!
        return { externalRef: number, detail: { order: number, receivedAt, channel } }
      },
    },
  )
  await beginAsUsual(tx)
  // Nothing that is new can be in conflict.
  if ('conflicts' in applied) throw new Error('New hazards were told to be in conflict.')
  return { hazardIds: applied.features.map(({ id }) => id), events: applied.events }
}

const hazardOf = ({ title, demand, category, severity, receivedAt }: OrderToBegin) => ({
  title,
  description: cutText(demand, MOST_DESCRIBED),
  categoryStandard: category.standard,
  categoryKind: category.kind,
  categoryCode: category.code,
  severity,
  reportedAt: receivedAt,
})
