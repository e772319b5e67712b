import { createStore, delMany, get, set, setMany, values } from 'idb-keyval'

/** What the phone keeps between visits, under the person it belongs to: several may use one phone in turn. */
const store = createStore('gridward-field', 'kept')

const keyOf = (person: number, name: string) => `${person}/${name}`

export const readKept = <T>(person: number, name: string): Promise<T | undefined> =>
  get<T>(keyOf(person, name), store)

export const keep = (person: number, name: string, value: unknown): Promise<void> =>
  value === undefined ? delMany([keyOf(person, name)], store) : set(keyOf(person, name), value, store)

/** Who was signed in last: whose round is shown while nobody can be asked. */
const LAST = 'session'
export const readLastSession = <T>(): Promise<T | undefined> => get<T>(LAST, store)
export const keepLastSession = (session: unknown): Promise<void> =>
  session === undefined ? delMany([LAST], store) : set(LAST, session, store)

/** Where entries wait until the server has them. Every method's promise ends when the disk has it. */
export interface EntryStore<T> {
  list(): Promise<T[]>
  put(items: readonly T[]): Promise<void>
  remove(ids: readonly string[]): Promise<void>
}

export function entryStore<T extends { id: string }>(person: number): EntryStore<T> {
  const entries = createStore(`gridward-field-entries-${person}`, 'entries')
  return {
    list: () => values<T>(entries),
    put: (items) =>
      setMany(
        items.map((item) => [item.id, item]),
        entries,
      ),
    remove: (ids) => delMany([...ids], entries),
  }
}
