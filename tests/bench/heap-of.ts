import { readFile } from 'node:fs/promises'
import type { CDPSession } from 'playwright-core'

/** What a page holds once all that can be given back was, MB: its scripts' heap and its nodes. */
export async function heapOf(cdp: CDPSession): Promise<{ megabytes: number; nodes: number }> {
  await cdp.send('HeapProfiler.enable')
  for (let round = 0; round < 3; round++) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = (await cdp.send('Runtime.getHeapUsage')) as { usedSize: number }
  const { nodes } = (await cdp.send('Memory.getDOMCounters')) as { nodes: number }
  return { megabytes: usedSize / 1e6, nodes }
}

/** Resident memory of a process, MB. */
export async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1000
}
