import type { SiteType } from '../patrols/checkpoint.schema.ts'
import type { ClockWindows } from '../patrols/opening-windows.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { LngLat, MultiPolygon } from '../shared/geojson.ts'
import type { DemoLayers } from './generate-demo.ts'
import { isInside } from './plane.ts'

/** A checkpoint as rounds see it. */
export interface BeatSite {
  /** Its place in the layer, from 1. */
  number: number
  lngLat: LngLat
  siteType: SiteType
  intervalMinutes: number
  graceMinutes: number
  serviceMinutes: number
  timeWindows: ClockWindows
}

/** The sites that one team goes to. */
export interface Beat {
  communityCode: string
  communityName: string
  /** The first team of the first community. */
  isFirst: boolean
  teamName: string
  /** A post with a number: no people. */
  post: string
  sites: BeatSite[]
}

/** A sub-district has so many; those of a larger area stand beside it and are patrolled by nobody yet. */
const MOST_SITES = 900
/** Two rounds a day begin with these; a team that has more of them would not be through in a morning. */
const TWICE_A_DAY: readonly SiteType[] = ['estate-gate', 'waste-station']
const MOST_TWICE_A_DAY = 20
const MOST_OF_ALL = 48

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九']

/** Teams of the first communities, in the order of their codes, each with the sites of a stretch from west to east. */
export function shareBeats({
  communities,
  checkpoints,
}: Pick<DemoLayers, 'communities' | 'checkpoints'>): Beat[] {
  const sites = checkpoints.map(siteOf)
  const beats: Beat[] = []
  let shared = 0
  for (const community of communities.toSorted((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1))) {
    if (shared >= MOST_SITES) break
    const own = sites.filter(({ lngLat }) => isWithin(lngLat, community))
    own.sort((a, b) => a.lngLat[0] - b.lngLat[0] || a.number - b.number)
    shared += own.length
    const often = own.filter(({ siteType }) => TWICE_A_DAY.includes(siteType)).length
    const teams = Math.min(
      ORDINALS.length,
      Math.max(1, Math.ceil(often / MOST_TWICE_A_DAY), Math.ceil(own.length / MOST_OF_ALL)),
    )
    const name = String(community.properties.name)
    for (let team = 0; team < teams; team++) {
      const part = own.slice((team * own.length) / teams, ((team + 1) * own.length) / teams)
      if (part.length === 0) continue
      beats.push({
        communityCode: codeOf(community),
        communityName: name,
        isFirst: beats.length === 0,
        teamName: `${name}巡查${teams > 1 ? ORDINALS[team] : ''}组`,
        post: `${name}专职网格员 ${String(team + 1).padStart(2, '0')}`,
        sites: part,
      })
    }
  }
  return beats
}

function siteOf({ geometry, properties }: IncomingFeature, index: number): BeatSite {
  const of = properties as unknown as Omit<BeatSite, 'number' | 'lngLat'>
  return {
    number: index + 1,
    lngLat: geometry.coordinates as LngLat,
    siteType: of.siteType,
    intervalMinutes: of.intervalMinutes,
    graceMinutes: of.graceMinutes,
    serviceMinutes: of.serviceMinutes,
    timeWindows: of.timeWindows,
  }
}

const isWithin = (at: LngLat, { geometry }: IncomingFeature): boolean =>
  (geometry as MultiPolygon).coordinates.some(
    ([outer, ...holes]) => isInside(at, outer!) && !holes.some((hole) => isInside(at, hole)),
  )

const codeOf = ({ properties }: IncomingFeature): string => String(properties.code)
