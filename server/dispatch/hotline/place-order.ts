import type { PlaceOrder } from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { Problem } from '../../../geodata/shared/problem.ts'
import type { Doer } from '../../cases/doer.ts'
import { transact } from '../../features/transact.store.ts'
import { recordEvents } from '../../live/events.store.ts'
import type { Deps } from '../../platform/deps.ts'
import { beginOrders } from './begin-orders.ts'
import { getOrder } from './order.store.ts'

/**
 * Makes a case of an order that waits. Returns it. Throws not-found, version-conflict, wrong-state when it has a case,
 * invalid-body when it still lacks a category.
 */
export async function placeOrder(
  { database }: Pick<Deps, 'database'>,
  { number, version }: { number: string; version: number },
  { lngLat, category: named }: PlaceOrder,
  doer: Doer,
): Promise<number> {
  return transact(database.sql, async (tx) => {
    await tx`SELECT FROM hotline_order WHERE number = ${number} FOR UPDATE`
    const order = await getOrder(tx, number)
    if (order.hazard !== null)
      throw new Problem('wrong-state', `The order ${number} is the case ${order.hazard} already.`, {
        extra: { hazard: order.hazard },
      })
    if (order.version !== version)
      throw new Problem(
        'version-conflict',
        `You saw version ${version} of the order ${number}, but it is now version ${order.version}. Fetch it again.`,
        { extra: { currentVersion: order.version } },
      )
    const category = named ?? order.category
    if (!category)
      throw new Problem('invalid-body', `The order ${number} has no category. Choose one (category).`, {
        issues: [{ at: '/category', message: 'is needed: the order has none' }],
      })
    const { hazardIds, events } = await beginOrders(tx, [{ ...order, category, lngLat }], doer)
    const hazardId = hazardIds[0]!
    await tx`
      UPDATE hotline_order SET version = version + 1, hazard_id = ${hazardId},
        geom = ST_SetSRID(ST_MakePoint(${lngLat[0]}::float8, ${lngLat[1]}::float8), 4326),
        category_standard = ${category.standard}, category_kind = ${category.kind}, category_code = ${category.code}
      WHERE number = ${number}`
    await recordEvents(tx, doer.actor, events)
    return hazardId
  })
}
