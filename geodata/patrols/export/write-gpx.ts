import { stopName, type WalkedPlan } from '../walked-plan.ts'
import { xmlText } from './xml-text.ts'

/** GPX 1.1: each round as a route, whose points are its stops with their times, and as a track, which is its way. */
export function writeGpx(walked: WalkedPlan): string {
  const { plan, rounds } = walked
  const title = ({ team }: WalkedPlan['rounds'][number]) => xmlText(`${plan.name} · ${team.name}`)
  const routes = rounds.map((one) => {
    const points = one.round.stops.map(({ lngLat: [lng, lat] }, at) => {
      const { startsAt } = one.timed.stops[at]!
      return `<rtept lat="${lat}" lon="${lng}"><time>${startsAt}</time><name>${xmlText(stopName(walked, one, at))}</name></rtept>`
    })
    return `<rte><name>${title(one)}</name>${points.join('')}</rte>`
  })
  const tracks = rounds.map((one) => {
    const points = one.coordinates.map(([lng, lat]) => `<trkpt lat="${lat}" lon="${lng}"/>`)
    return `<trk><name>${title(one)}</name><trkseg>${points.join('')}</trkseg></trk>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Gridward">',
    `<metadata><name>${xmlText(plan.name)}</name><time>${new Date(plan.from).toISOString()}</time></metadata>`,
    ...routes,
    ...tracks,
    '</gpx>\n',
  ].join('\n')
}
