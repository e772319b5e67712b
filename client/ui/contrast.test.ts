import { describe, expect, test } from 'vitest'
import { contrast } from './contrast.ts'
import { SCHEMES, TEAM_HUES, TOKENS, type Tokens } from './tokens.ts'

type Pair = [front: keyof Tokens, back: keyof Tokens]

/** Plain text stands on any surface; coloured text only on a panel. */
const TEXT: Pair[] = [
  ...(['background', 'panel', 'raised'] as const).flatMap((back): Pair[] => [
    ['text', back],
    ['muted', back],
  ]),
  ...(['accent', 'critical', 'due', 'done', 'info'] as const).map((front): Pair => [front, 'panel']),
]
const ON_COLOUR: Pair[] = (['critical', 'due', 'done', 'info', 'accent'] as const).map((back) => [
  'onColour',
  back,
])
const SHAPES: Pair[] = [
  ...(['critical', 'due', 'done', 'info', 'accent'] as const).flatMap((front): Pair[] => [
    [front, 'mapLand'],
    [front, 'buildingFill'],
  ]),
  ...(['communityBorder', 'gridBorder', 'microGridBorder'] as const).map((front): Pair => [front, 'mapLand']),
]

describe.each(SCHEMES)('contrast in the %s theme', (scheme) => {
  const ratio = ([front, back]: Pair) => contrast(TOKENS[scheme][front], TOKENS[scheme][back])
  test.each(TEXT)('text %s on %s reaches 4.5:1', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(ON_COLOUR)('text %s on a filled %s reaches 4.5:1', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(SHAPES)('shape %s on the map %s reaches 3:1', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3)
  })
  test.each(TEAM_HUES[scheme])('a team’s hue %s is seen on the map and carries its letter', (hue) => {
    expect(contrast(hue, TOKENS[scheme].mapLand)).toBeGreaterThanOrEqual(3)
    expect(contrast(TOKENS[scheme].onColour, hue)).toBeGreaterThanOrEqual(4.5)
  })
})
