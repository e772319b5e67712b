import type { StreetLengths, WalkGraph } from '../../geodata/network/walk-graph.ts'
import { inWorker, type Stop } from '../platform/in-worker.ts'
import type { WaysQuestion } from './way-metres.ts'

export interface ToMeasure extends WaysQuestion, Stop {
  graph: StreetLengths
}
/** undefined: it was stopped. */
export type Measured = Float64Array | undefined

/** See wayMetres and inWorker. Throws the signal's reason. */
export async function measureInWorker(
  graph: WalkGraph,
  question: WaysQuestion,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  // What a way's length does not need is not copied.
  const { roads, edgeRoad, pointStart, pointLng, pointLat, pointMetres, ...links } = graph
  const metres = await inWorker<never, Measured>(
    new URL('./measure.worker.ts', import.meta.url),
    { ...question, graph: links },
    signal ?? new AbortController().signal,
    () => {},
  )
  signal?.throwIfAborted()
  return metres!
}
