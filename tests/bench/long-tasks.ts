export interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  args?: { name?: string; data?: { url?: string; functionName?: string; type?: string } }
}

interface LongTask {
  ms: number
  /** What ran in it, the longest first. */
  scripts: { at: string; ms: number }[]
}

/** Tasks of the page's main thread in a Chromium trace. Durations in milliseconds. */
export function longTasks(events: TraceEvent[]): {
  count: number
  longestMs: number
  over50: number
  over100: LongTask[]
} {
  const mains = new Set(
    events
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map((event) => `${event.pid}/${event.tid}`),
  )
  const onMain = events.filter((event) => mains.has(`${event.pid}/${event.tid}`) && event.dur !== undefined)
  const tasks = onMain.filter((event) => /RunTask$/.test(event.name))
  const inside = onMain.filter((event) =>
    /^(FunctionCall|EvaluateScript|TimerFire|FireAnimationFrame|EventDispatch|V8\.GC|MajorGC|MinorGC|Layout|UpdateLayoutTree|Paint|Commit|RunMicrotasks)/.test(
      event.name,
    ),
  )
  const milliseconds = (event: TraceEvent) => event.dur! / 1000
  const over100 = tasks
    .filter((task) => milliseconds(task) > 100)
    .map((task) => ({
      ms: milliseconds(task),
      scripts: inside
        .filter(
          (event) =>
            event.pid === task.pid &&
            event.tid === task.tid &&
            event.ts >= task.ts &&
            event.ts + event.dur! <= task.ts + task.dur! &&
            milliseconds(event) > 5,
        )
        .sort((a, b) => b.dur! - a.dur!)
        .slice(0, 5)
        .map((event) => ({
          at: [
            event.name,
            event.args?.data?.type,
            event.args?.data?.functionName,
            event.args?.data?.url?.split('/').at(-1),
          ]
            .filter(Boolean)
            .join(' '),
          ms: milliseconds(event),
        })),
    }))
  return {
    count: tasks.length,
    longestMs: Math.max(0, ...tasks.map(milliseconds)),
    over50: tasks.filter((task) => milliseconds(task) > 50).length,
    over100,
  }
}
