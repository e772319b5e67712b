/** Whether two JSON values are the same; the order of an object's keys does not matter. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((item, i) => isEqual(item, other[i]))
  }
  const left = new Map(Object.entries(one).filter(([, value]) => value !== undefined))
  const right = new Map(Object.entries(other).filter(([, value]) => value !== undefined))
  if (left.size !== right.size) return false
  return [...left].every(([key, value]) => right.has(key) && isEqual(value, right.get(key)))
}
