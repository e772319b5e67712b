import { ORIENTATIONS, type Orientation, PAPERS, type Paper } from './paper.ts'

/** What a link to a sheet restores. */
export interface SheetState {
  paper: Paper
  orientation: Orientation
  legend: boolean
  /** n of 1:n */
  scale: number
  centre: readonly [lng: number, lat: number]
  /** degrees clockwise from north that the map's top points to */
  bearing: number
  /** undefined: the name of the place */
  title: string | undefined
}

export const MOST_TITLE = 80

/** `a4/landscape/legend/5000/31.3/120.6/0/title`; a title may hold slashes. */
export function writeSheet(state: SheetState): string {
  const { paper, orientation, legend, scale, centre, bearing, title } = state
  const round = (value: number, digits: number) => String(Number(value.toFixed(digits)))
  return [
    paper,
    orientation,
    legend ? 'legend' : 'plain',
    round(scale, 0),
    round(centre[1], 6),
    round(centre[0], 6),
    round(bearing, 1),
    ...(title === undefined ? [] : [title]),
  ].join('/')
}

/** undefined for anything that is not a whole, sound state: the sheet then opens on the map's view. */
export function readSheet(text: string | undefined): SheetState | undefined {
  const [paper, orientation, legend, ...rest] = (text ?? '').split('/')
  const [scale, lat, lng, bearing] = rest.slice(0, 4).map((part) => (part === '' ? Number.NaN : Number(part)))
  const knownPaper = PAPERS.find((known) => known === paper)
  const knownOrientation = ORIENTATIONS.find((known) => known === orientation)
  const sound =
    within(scale, 50, 10_000_000) &&
    within(lat, -85, 85) &&
    within(lng, -180, 180) &&
    within(bearing, -360, 360)
  if (!knownPaper || !knownOrientation || !sound || (legend !== 'legend' && legend !== 'plain'))
    return undefined
  return {
    paper: knownPaper,
    orientation: knownOrientation,
    legend: legend === 'legend',
    scale: scale!,
    centre: [lng!, lat!],
    bearing: bearing!,
    title: rest.length > 4 ? rest.slice(4).join('/').slice(0, MOST_TITLE) : undefined,
  }
}

const within = (value: number | undefined, least: number, most: number) =>
  value !== undefined && Number.isFinite(value) && value >= least && value <= most
