/** Panels are sheets over the map, of which one is open. */
export const NARROW = '(max-width: 899px)'
