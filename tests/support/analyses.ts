import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { isOver } from '../../geodata/patrols/generation.schema.ts'
import type { Answer } from './call-api.ts'

/** Each begins a thread: on a busy machine several of them take a minute. */
const WAIT_MS = 100_000

type Call = (method: string, path: string, body?: unknown) => Promise<Answer>

/** Analyses that are asked for over the API and waited for. */
export function analyses(call: Call) {
  const get = async (id: string): Promise<Analysis> => (await call('GET', `/analyses/${id}`)).body
  async function until(id: string, holds: (analysis: Analysis) => boolean): Promise<Analysis> {
    for (const end = performance.now() + WAIT_MS; performance.now() < end; await wait(50)) {
      const analysis = await get(id)
      if (holds(analysis)) return analysis
    }
    throw new Error(`It did not come: ${JSON.stringify(await get(id)).slice(0, 500)}`)
  }
  async function ask(
    kind: string,
    params: object,
    area: string[] = [],
    more: object = {},
  ): Promise<Analysis> {
    const answer = await call('POST', '/analyses', { kind, params, area, ...more })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 202 })
    return answer.body
  }
  const finish = (id: string) => until(id, ({ state }) => isOver(state))
  return {
    get,
    until,
    ask,
    finish,
    /** The whole way: asked, computed, and done. */
    async answer(kind: string, params: object, area: string[] = []): Promise<Analysis> {
      const analysis = await finish((await ask(kind, params, area)).id)
      expect(analysis, JSON.stringify(analysis.problem)).toMatchObject({ state: 'done' })
      return analysis
    },
  }
}
