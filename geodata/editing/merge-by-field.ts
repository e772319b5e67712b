import type { StoredInput } from './draft.ts'
import { isEqual } from './is-equal.ts'

type Fields = Pick<StoredInput, 'geometry' | 'properties'>

export interface FieldClash {
  /** A property's name, or `geometry`. */
  field: string
  base: unknown
  mine: unknown
  theirs: unknown
}

/**
 * Three versions of a feature made one, field by field, the geometry being one field: what only one side changed is
 * taken from that side, what both changed alike is no clash. At a clash `merged` holds mine. A property that a side
 * does not have counts as changed to undefined there, and stays away when that side wins.
 */
export function mergeByField(
  base: Fields,
  mine: Fields,
  theirs: Fields,
): { merged: Fields; clashes: FieldClash[] } {
  const clashes: FieldClash[] = []
  const pick = <T>(field: string, was: T, ours: T, others: T): T => {
    if (isEqual(ours, others) || isEqual(was, others)) return ours
    if (isEqual(was, ours)) return others
    clashes.push({ field, base: was, mine: ours, theirs: others })
    return ours
  }
  const geometry = pick('geometry', base.geometry, mine.geometry, theirs.geometry)
  const names = new Set([base, mine, theirs].flatMap(({ properties }) => Object.keys(properties)))
  const own = ({ properties }: Fields, name: string) =>
    Object.hasOwn(properties, name) ? properties[name] : undefined
  const entries = [...names].map(
    (name) => [name, pick(name, own(base, name), own(mine, name), own(theirs, name))] as const,
  )
  return {
    merged: { geometry, properties: Object.fromEntries(entries.filter(([, value]) => value !== undefined)) },
    clashes,
  }
}
