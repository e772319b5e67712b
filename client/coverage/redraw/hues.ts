import { type Scheme, TEAM_HUES } from '../../ui/tokens.ts'

/** The hue of a cell by its number, from 1; neighbours seldom have one, and the number tells. */
export const hueOf = (scheme: Scheme, number: number): string =>
  TEAM_HUES[scheme][number % TEAM_HUES[scheme].length]!
