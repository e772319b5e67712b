import type { Context } from 'hono'
import type { Outbox } from '../live/outbox.ts'

/** After a change was committed: readers hear of it now, and its writer is told the version that it has. */
export function tellChange(context: Context, outbox: Outbox, { version }: { version: number }): void {
  outbox.wake()
  context.header('etag', `"${version}"`)
}
