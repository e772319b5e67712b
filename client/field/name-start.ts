import type { Rolldown } from 'vite'

const PAGES = ['index', 'field', 'wall'] as const

/**
 * In which file a part goes that some page cannot start without: `start` where dashboard and phone both need it, else that
 * of the first page that does. In one file for all, the phone would load the dashboard as well; a wall may load more.
 */
export function nameStart(
  id: string,
  build: { getModuleInfo(id: string): Rolldown.ModuleInfo | null },
): string {
  needed ??= PAGES.map((page) => {
    const ids = new Set<string>()
    const waiting = [decodeURI(new URL(`../${page}.html`, import.meta.url).pathname)]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (ids.has(next)) continue
      ids.add(next)
      waiting.push(...(build.getModuleInfo(next)?.importedIds ?? []))
    }
    return ids
  })
  const [first, second] = PAGES.filter((_, at) => needed?.[at]?.has(id))
  return first === undefined || second === 'field' ? 'start' : `start-${first}`
}
/** Of one build. */
let needed: Set<string>[] | undefined
