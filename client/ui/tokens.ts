/**
 * Every colour of the product, once. Mantine's theme, the CSS variables, the map style, the map symbols and the
 * deck.gl overlay all read this table; nothing else names a colour.
 */
export const SCHEMES = ['dark', 'light'] as const
export type Scheme = (typeof SCHEMES)[number]

const dark = {
  background: '#0E1420',
  panel: '#151D2B',
  raised: '#1C2637',
  line: '#2A3648',
  text: '#E6EBF2',
  muted: '#93A1B5',
  accent: '#4C9AFF',
  critical: '#FF7A33',
  due: '#F2B134',
  done: '#2BB88A',
  info: '#56B4E9',
  onColour: '#0E1420',
  shadow: '0 4px 16px rgb(0 0 0 / 0.45)',
  mapLand: '#121926',
  mapWater: '#10283B',
  mapGreen: '#16281F',
  mapEstate: '#172031',
  mapCampus: '#19212F',
  mapIndustrial: '#1C2029',
  mapSquare: '#1A2333',
  mapSport: '#17302A',
  mapOutline: '#222E42',
  buildingFill: '#223046',
  buildingOutline: '#31415C',
  buildingRoof: '#2A3A54',
  roadMain: '#3A4A64',
  roadMainCasing: '#0F1622',
  roadMinor: '#28354A',
  roadMinorCasing: '#0F1622',
  roadPath: '#2C3B52',
  communityBorder: '#A9BCD6',
  gridBorder: '#8299B8',
  microGridBorder: '#6A809E',
  gridLabel: '#B9C8DD',
  halo: '#0E1420',
  casing: '#FFFFFF',
}

export type Tokens = { [K in keyof typeof dark]: string }

const light: Tokens = {
  background: '#F4F6F9',
  panel: '#FFFFFF',
  raised: '#F9FAFC',
  line: '#D8DFE8',
  text: '#18212F',
  muted: '#5B6B80',
  accent: '#1F6FEB',
  critical: '#C24E00',
  due: '#9A6700',
  done: '#00765A',
  info: '#0B6FA8',
  onColour: '#FFFFFF',
  shadow: '0 4px 16px rgb(24 33 47 / 0.16)',
  mapLand: '#F2F0EB',
  mapWater: '#BFD9EA',
  mapGreen: '#DCE8D2',
  mapEstate: '#EDEAE2',
  mapCampus: '#EEE9DE',
  mapIndustrial: '#E9E7E6',
  mapSquare: '#F0ECE6',
  mapSport: '#D3E4CF',
  mapOutline: '#D9D4C9',
  buildingFill: '#E1DCD2',
  buildingOutline: '#CDC5B6',
  buildingRoof: '#E9E5DC',
  roadMain: '#FFFFFF',
  roadMainCasing: '#D8D3C9',
  roadMinor: '#FFFFFF',
  roadMinorCasing: '#D8D3C9',
  roadPath: '#CFC8BB',
  communityBorder: '#45566E',
  gridBorder: '#62748C',
  microGridBorder: '#76869D',
  gridLabel: '#3C4B61',
  halo: '#FFFFFF',
  casing: '#FFFFFF',
}

export const TOKENS: Record<Scheme, Tokens> = { dark, light }

/**
 * One hue a team, after Okabe and Ito: apart for those who see no red or green, and 3:1 on the map. Beyond them they
 * repeat; the team's letter tells.
 */
export const TEAM_HUES: Record<Scheme, readonly string[]> = {
  dark: ['#56B4E9', '#E69F00', '#3CC79B', '#E58BBB', '#F0E442', '#FF7A33', '#A99BFF', '#C9D2DE'],
  light: ['#0B6FA8', '#9A6700', '#00765A', '#A8397A', '#6E6700', '#C24E00', '#5443B5', '#4A5668'],
}

/** The tokens as CSS custom properties, `--gw-road-main` for roadMain. */
export function cssVariables(tokens: Tokens): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tokens).map(([name, value]) => [
      `--gw-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    ]),
  )
}
