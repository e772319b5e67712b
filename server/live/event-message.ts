import type { OutboxEvent } from './events.store.ts'

const written = new WeakMap<OutboxEvent, string>()

/** One event on the wire; what every reader of it is sent is written once. JSON has no line breaks, which would end the data. */
export function eventMessage(event: OutboxEvent): string {
  let text = written.get(event)
  if (text === undefined) {
    text = `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(dataOf(event))}\n\n`
    written.set(event, text)
  }
  return text
}

/** A message that is no event: readers do not go on from it. */
export const passingMessage = (name: string, data: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

function dataOf(event: OutboxEvent): object {
  switch (event.kind) {
    case 'plan':
    case 'walk': {
      const {
        version,
        told: { planId, runId, change },
      } = event
      return { planId, runId, version, change }
    }
    case 'alarm':
      return event.told.alarm
    case 'campaign': {
      const { of: _, ...told } = event.told
      return told
    }
    case 'wall':
      return event.told.push
    default: {
      const { layer, featureId, version, box } = event
      return { layer, featureId, version, box }
    }
  }
}
