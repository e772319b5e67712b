import { createRandom } from '../demo/random.ts'
import type { Window } from '../routing/rounds-problem.ts'
import type { DueSite } from './due.schema.ts'
import type { Team, Unserved } from './plan.schema.ts'

/** A visit that a plan may make. Seconds are counted from the beginning of the shift. */
export interface WantedVisit {
  site: DueSite
  /** Which of the site's visits in the shift, from 1. */
  visit: number
  /** When it should begin: opening hours, its part of the shift, before its limit breaks. */
  windows: readonly Window[]
  /** The same before chance took its part. */
  calm: readonly Window[]
  /** When it can begin: opening hours, and its part of the shift. */
  widest: readonly Window[]
  /** Where its own part of the shift begins, not its opening hours: what a stop has to wait for. */
  notBefore: number
  widestNotBefore: number
  /** Seconds of walking that it is worth. */
  prize: number
  /** false: it could wait, and is made where it costs little. */
  isNeeded: boolean
  /** Numbers of the teams that may make it; undefined: all. */
  teams: number[] | undefined
}

export interface VisitChoice {
  visits: WantedVisit[]
  /** Of what is needed, what cannot be planned at all. */
  impossible: Unserved[]
}

export interface ChoiceSettings {
  /** The shift, milliseconds since 1970. */
  from: number
  to: number
  seed: number
  /** 0–1 */
  unpredictability: number
  /** Visits that rounds make which stay as they are, by checkpoint. */
  made: ReadonlyMap<number, number>
}

/** As many visits as one search takes; of more, those that matter most. */
export const MOST_VISITS = 2000
const MOST_OF_A_SITE = 24
const HOUR = 3600
const DAY_MS = 86_400_000
const RISK_WEIGHT = { low: 1, medium: 2, high: 4 } as const
/** A needed visit is worth an hour of walking and more, one that can wait two minutes and more. */
const NEEDED_SECONDS = HOUR
const OPTIONAL_SECONDS = 120
/** Of a window, what the dial for unpredictability takes at most. */
const MOST_TAKEN = 0.8

/**
 * Which visits a plan should make: all that are needed, and those that fall due within a day, if they lie on the way. Several
 * visits to one site share the shift: each has its part of it, and they are at least a quarter of the interval apart, or
 * half of a part where that is less. The dial for unpredictability draws for each visit a part of its window by the seed.
 */
export function chooseVisits(
  sites: readonly DueSite[],
  teams: readonly Team[],
  settings: ChoiceSettings,
): VisitChoice {
  const impossible: Unserved[] = []
  const wanted: WantedVisit[] = []
  for (const site of sites) {
    const made = settings.made.get(site.checkpointId) ?? 0
    const needed = Math.min(MOST_OF_A_SITE, site.neededVisits) - made
    if (site.windows?.length === 0 && site.state !== 'later' && made === 0)
      impossible.push({ checkpointId: site.checkpointId, reason: 'window', visit: 1 })
    const mayGo = teamsFor(site, teams)
    for (let at = 0; at < needed; at++) {
      const visit = made + at + 1
      const { begins, windows: widest } = windowsOf(site, at, needed, settings)
      if (mayGo?.length === 0) impossible.push({ checkpointId: site.checkpointId, reason: 'area', visit })
      else if (widest.length === 0)
        impossible.push({ checkpointId: site.checkpointId, reason: 'window', visit })
      else {
        const early = visit === 1 ? beforeLimit(widest, site, settings) : widest
        const windows = vary(early, site, visit, settings)
        wanted.push({
          site,
          visit,
          widest,
          windows,
          calm: early,
          notBefore: windows === early ? begins : windows[0]![0],
          widestNotBefore: begins,
          prize: prizeOf(site, settings.to),
          isNeeded: true,
          teams: mayGo,
        })
      }
    }
    if (needed <= 0 && made === 0 && isSoonDue(site, settings.to) && mayGo?.length !== 0) {
      const { windows: widest } = windowsOf(site, 0, 1, settings)
      if (widest.length > 0)
        wanted.push({
          site,
          visit: 1,
          widest,
          windows: widest,
          calm: widest,
          notBefore: 0,
          widestNotBefore: 0,
          prize: OPTIONAL_SECONDS * RISK_WEIGHT[site.risk],
          isNeeded: false,
          teams: mayGo,
        })
    }
  }
  wanted.sort((a, b) => b.prize - a.prize || a.site.checkpointId - b.site.checkpointId || a.visit - b.visit)
  for (const { site, visit, isNeeded } of wanted.slice(MOST_VISITS))
    if (isNeeded) impossible.push({ checkpointId: site.checkpointId, reason: 'time', visit })
  return { visits: wanted.slice(0, MOST_VISITS), impossible }
}

/** Numbers of the teams that may go to a site; undefined: all. */
export function teamsFor(
  site: Pick<DueSite, 'communityCode' | 'gridCode' | 'microGridCode'>,
  teams: readonly Pick<Team, 'area'>[],
): number[] | undefined {
  if (teams.every(({ area }) => area.length === 0)) return teams.length === 0 ? [] : undefined
  const codes = [site.communityCode, site.gridCode, site.microGridCode]
  return teams.flatMap(({ area }, number) =>
    area.length === 0 || codes.some((code) => code !== null && area.includes(code)) ? [number] : [],
  )
}

/** Opening hours within the part of the shift that this visit of `count` has. */
function windowsOf(
  site: DueSite,
  at: number,
  count: number,
  { from, to }: Pick<ChoiceSettings, 'from' | 'to'>,
): { begins: number; windows: Window[] } {
  const shift = (to - from) / 1000
  const part = shift / count
  const apart = count > 1 ? Math.min(site.intervalMinutes * 15, part / 2) : 0
  const begins = at * part + (at > 0 ? apart / 2 : 0)
  const ends = (at + 1) * part - (at < count - 1 ? apart / 2 : 0)
  const open: Window[] = site.windows?.map((window) => [
    (Date.parse(window.from) - from) / 1000,
    (Date.parse(window.to) - from) / 1000,
  ]) ?? [[0, shift]]
  const windows = open.flatMap(([opens, closes]): Window[] => {
    const window: Window = [Math.max(opens, begins), Math.min(closes, ends)]
    return window[0] <= window[1] ? [window] : []
  })
  return { begins, windows }
}

/** Where the limit breaks in the shift, the visit comes before; where nothing is left of it, whenever it can. */
function beforeLimit(
  windows: readonly Window[],
  site: DueSite,
  { from, to }: Pick<ChoiceSettings, 'from' | 'to'>,
): readonly Window[] {
  const breaks = Date.parse(site.breaksAt)
  if (breaks <= from || breaks >= to) return windows
  const last = (breaks - from) / 1000
  const early = windows.flatMap(([opens, closes]): Window[] =>
    opens <= last ? [[opens, Math.min(closes, last)]] : [],
  )
  return early.length > 0 ? early : windows
}

/** One of the windows, longer ones more often, cut to a part that lies anywhere in it. */
function vary(
  windows: readonly Window[],
  site: DueSite,
  visit: number,
  { seed, unpredictability }: ChoiceSettings,
): readonly Window[] {
  if (unpredictability === 0) return windows
  const random = createRandom(seed, site.checkpointId, visit)
  const lengths = windows.map(([from, to]) => to - from)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  if (total === 0) return windows
  let left = random.next() * total
  let chosen = 0
  while (chosen < windows.length - 1 && left > lengths[chosen]!) left -= lengths[chosen++]!
  const [from, to] = windows[chosen]!
  const kept = (to - from) * (1 - MOST_TAKEN * unpredictability)
  const begins = from + random.next() * (to - from - kept)
  return [[begins, begins + kept]]
}

/** By risk, and up to four times that for what is overdue by three intervals or more. */
function prizeOf(site: DueSite, to: number): number {
  const late = Math.max(0, to - Date.parse(site.breaksAt)) / (site.intervalMinutes * 60_000)
  return NEEDED_SECONDS * RISK_WEIGHT[site.risk] * (1 + Math.min(3, late))
}

const isSoonDue = (site: DueSite, to: number): boolean =>
  site.state === 'later' &&
  site.windows?.length !== 0 &&
  Date.parse(site.limitAt) < to + Math.min(DAY_MS, site.intervalMinutes * 30_000)
