import { stopName, type WalkedPlan } from '../walked-plan.ts'
import { xmlText } from './xml-text.ts'

/** aabbggrr, opaque; told apart by people who are colour-blind (Okabe and Ito, 2008). */
const LINE_COLOURS = ['ffb27200', 'ff005ed5', 'ff739e00', 'ffa779cc', 'ffe9b456', 'ff009fe6', 'ff42e4f0']

/** KML 2.2: a folder for each round with its way and its stops, which have their times. */
export function writeKml(walked: WalkedPlan): string {
  const { plan, rounds } = walked
  const styles = LINE_COLOURS.map(
    (colour, at) =>
      `<Style id="t${at}"><LineStyle><color>${colour}</color><width>4</width></LineStyle></Style>`,
  )
  const teams = plan.teams.map(({ id }) => id)
  const folders = rounds.map((one) => {
    const style = Math.max(0, teams.indexOf(one.team.id)) % LINE_COLOURS.length
    const line =
      one.coordinates.length < 2
        ? ''
        : `<Placemark><name>${xmlText(one.team.name)}</name><styleUrl>#t${style}</styleUrl>` +
          `<LineString><tessellate>1</tessellate><coordinates>${one.coordinates.map((at) => at.join()).join(' ')}</coordinates></LineString></Placemark>`
    const stops = one.round.stops.map(({ lngLat }, at) => {
      const { arrivesAt, leavesAt } = one.timed.stops[at]!
      return (
        `<Placemark><name>${xmlText(`${at + 1}. ${stopName(walked, one, at)}`)}</name>` +
        `<TimeSpan><begin>${arrivesAt}</begin><end>${leavesAt}</end></TimeSpan>` +
        `<Point><coordinates>${lngLat.join()}</coordinates></Point></Placemark>`
      )
    })
    return `<Folder><name>${xmlText(one.team.name)}</name>${line}${stops.join('')}</Folder>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
    `<name>${xmlText(plan.name)}</name>`,
    ...styles,
    ...folders,
    '</Document></kml>\n',
  ].join('\n')
}
