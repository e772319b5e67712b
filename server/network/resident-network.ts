import { setImmediate } from 'node:timers/promises'
import { assembleGraph } from '../../geodata/network/assemble-graph.ts'
import { RoadSet } from '../../geodata/network/road-set.ts'
import type { WalkGraph } from '../../geodata/network/walk-graph.ts'
import type { Deps } from '../platform/deps.ts'
import {
  changedRoads,
  lastRoadEvent,
  type RoadRow,
  readRoads,
  readRoadsById,
  readRoadVersions,
} from './road-lines.store.ts'

export interface LoadedNetwork {
  graph: WalkGraph
  /** The event of roads up to which the graph is known to be true; it may know of later ones. */
  version: number
}

/** The walk network of a process: read when it is first asked for, then kept up with the roads. */
export interface ResidentNetwork {
  /** As it is now: what was written here before is in it, and what others wrote a second ago. Never changed later. */
  current(): Promise<LoadedNetwork>
}

export function createResidentNetwork({
  database,
  outbox,
}: Pick<Deps, 'database' | 'outbox'>): ResidentNetwork {
  const { sql } = database
  const versions = new Map<number, number>()
  let loaded: LoadedNetwork | undefined
  let isStale = false
  let isListening = false
  let working: Promise<LoadedNetwork> | undefined

  function listen() {
    if (isListening) return
    isListening = true
    outbox.subscribe((events) => {
      if (events.some(({ layer, kind }) => layer === 'roads' && kind !== 'note')) isStale = true
    })
  }

  /** The event is read first: what is written while the rows are read comes again as a later event. */
  async function load(): Promise<LoadedNetwork> {
    const version = await lastRoadEvent(sql)
    const set = new RoadSet()
    versions.clear()
    await putPages(set, readRoads(sql))
    return { graph: assembleGraph(set), version }
  }

  async function update({ graph, version: known }: LoadedNetwork): Promise<LoadedNetwork> {
    const version = await lastRoadEvent(sql)
    const { ids, all } = await changedRoads(sql, known)
    const wanted = new Set(ids)
    if (all) {
      const present = await readRoadVersions(sql)
      for (const [id, at] of present) if (versions.get(id) !== at) wanted.add(id)
      for (const id of versions.keys()) if (!present.has(id)) wanted.add(id)
    }
    if (wanted.size === 0) return { graph, version }
    const set = graph.roads.copy()
    const gone = new Set(wanted)
    await putPages(set, readRoadsById(sql, [...wanted]), ({ id }) => gone.delete(id))
    for (const id of gone) {
      set.remove(id)
      versions.delete(id)
    }
    return { graph: assembleGraph(set), version }
  }

  async function putPages(
    set: RoadSet,
    pages: AsyncIterable<RoadRow[]>,
    each: (row: RoadRow) => void = () => {},
  ) {
    for await (const page of pages) {
      for (const row of page) {
        set.put(row)
        versions.set(row.id, row.version)
        each(row)
      }
      await setImmediate()
    }
  }

  async function refresh(): Promise<LoadedNetwork> {
    listen()
    isStale = false
    try {
      loaded = loaded ? await update(loaded) : await load()
      return loaded
    } catch (error) {
      isStale = true
      throw error
    }
  }

  return {
    async current() {
      await outbox.settled()
      // What runs already may have begun before the last write; what begins now has not.
      await working?.catch(() => {})
      if (loaded && !isStale) return loaded
      working ??= refresh().finally(() => {
        working = undefined
      })
      return working
    },
  }
}
