import type { Legend } from '../ui/legend.tsx'

const line =
  (
    key: 'communityBorder' | 'gridBorder' | 'microGridBorder' | 'info',
    width: number,
    dash?: number[],
  ): Legend =>
  (tokens) => [{ label: '', swatch: { kind: 'line', colour: tokens[key], width, ...(dash ? { dash } : {}) } }]

export const communityLegend = line('communityBorder', 2.5)
export const gridLegend = line('gridBorder', 1.5)
export const microGridLegend = line('microGridBorder', 1, [4, 3])
export const zoneLegend = line('info', 1.2, [6, 2, 1, 2])

export const buildingLegend: Legend = (tokens) => [
  { label: '', swatch: { kind: 'fill', colour: tokens.buildingFill, outline: tokens.buildingOutline } },
]

export const landcoverLegend: Legend = (tokens, { enums }) =>
  (
    [
      ['green', tokens.mapGreen],
      ['water', tokens.mapWater],
      ['sport', tokens.mapSport],
      ['estate', tokens.mapEstate],
      ['campus', tokens.mapCampus],
      ['industrial', tokens.mapIndustrial],
      ['square', tokens.mapSquare],
    ] as const
  ).map(([kind, colour]) => ({
    label: enums('landcover', kind),
    swatch: { kind: 'fill', colour, outline: tokens.mapOutline },
  }))

export const roadLegend: Legend = (tokens, { enums }) => [
  {
    label: enums('road', 'main'),
    swatch: { kind: 'line', colour: tokens.roadMain, casing: tokens.roadMainCasing, width: 5 },
  },
  {
    label: enums('road', 'minor'),
    swatch: { kind: 'line', colour: tokens.roadMinor, casing: tokens.roadMinorCasing, width: 3 },
  },
  {
    label: enums('road', 'path'),
    swatch: { kind: 'line', colour: tokens.roadPath, width: 1.4, dash: [4, 3] },
  },
]
