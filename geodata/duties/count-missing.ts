export interface MissingPeople {
  atLeast: number
  enough: number
}

/**
 * How many further people it takes so that everybody stays within the limits. `atLeast`: fewer cannot do; `enough`: so
 * many can (first fit, the largest first). What is over the limit alone is left out: nobody may have it.
 * `left`: households of each that nobody has; `isLeast`: no fewer can be left. `all` and `spare`: households asked about
 * that somebody may have, in all, and the room for them.
 */
export function countMissing(
  left: readonly number[],
  limits: { targets: number; households: number | null },
  { all, spare, isLeast }: { all: number; spare: number; isLeast: boolean },
): MissingPeople | null {
  const most = limits.households ?? Number.POSITIVE_INFINITY
  const fitting = left.filter((households) => households <= most)
  if (fitting.length === 0) return null
  const people: { targets: number; households: number }[] = []
  for (const households of fitting.toSorted((a, b) => b - a)) {
    const room = people.find((one) => one.targets < limits.targets && one.households + households <= most)
    if (room) {
      room.targets += 1
      room.households += households
    } else people.push({ targets: 1, households })
  }
  const byNumber = isLeast ? Math.ceil(fitting.length / limits.targets) : 1
  const byHouseholds = limits.households === null ? 0 : Math.ceil((all - spare) / limits.households)
  return { atLeast: Math.min(people.length, Math.max(byNumber, byHouseholds, 1)), enough: people.length }
}
