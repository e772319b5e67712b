import type { TestApp } from './on-both-databases.ts'

export interface HeardEvent {
  id: number
  kind: string
  layer?: string
  featureId?: number
  version?: number
  box?: number[]
}

/** What a reader of the event stream hears after an event, until the stream has gone on to the event `until`. */
export async function hearEvents(app: TestApp, after: number, until: number): Promise<HeardEvent[]> {
  const response = await app.request('/api/v1/events', { headers: { 'last-event-id': String(after) } })
  const reader = response.body!.pipeThrough(new TextDecoderStream() as never).getReader()
  let text = ''
  while (!new RegExp(`(^|\n)id: ${until}\n(.*\n)*\n`).test(text)) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`The stream ended: ${text}`)
    text += value
  }
  await reader.cancel()
  return text.split('\n\n').flatMap((block) => {
    const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)))
    return fields.data ? [{ id: Number(fields.id), kind: fields.event, ...JSON.parse(fields.data) }] : []
  })
}
