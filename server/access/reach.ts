/**
 * The rows that someone may reach: all, or those in cells of each of the sets (a token's own area within its owner's).
 * A set without cells reaches nothing.
 */
export type Reach = 'everywhere' | readonly CellSet[]

/** Ids of cells of the three levels. */
export interface CellSet {
  communities: readonly number[]
  grids: readonly number[]
  'micro-grids': readonly number[]
}

/** Whether a building or point with these cells, the community first, is in reach. */
export const reaches = (reach: Reach, [community, grid, microGrid]: readonly (number | null)[]): boolean =>
  reach === 'everywhere' ||
  (reach.length > 0 &&
    reach.every(
      (set) =>
        (community != null && set.communities.includes(community)) ||
        (grid != null && set.grids.includes(grid)) ||
        (microGrid != null && set['micro-grids'].includes(microGrid)),
    ))

export const within = (a: Reach, b: Reach): Reach =>
  a === 'everywhere' ? b : b === 'everywhere' ? a : [...a, ...b]

/** One text for all reaches that reach the same rows: what caches tell them apart by. Empty: everywhere, and only that. */
export const reachKey = (reach: Reach): string =>
  reach === 'everywhere'
    ? ''
    : reach.length === 0
      ? '--'
      : [
          ...new Set(
            reach.map((set) =>
              [set.communities, set.grids, set['micro-grids']]
                .map((ids) => [...new Set(ids)].sort((a, b) => a - b).join('.'))
                .join('-'),
            ),
          ),
        ]
          .sort()
          .join('_')
