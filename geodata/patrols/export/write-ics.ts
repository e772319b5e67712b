import { stopName, type WalkedPlan } from '../walked-plan.ts'

/** Local times of stops are China Standard Time, which has no daylight saving. */
const CHINA_MS = 8 * 3_600_000
const MOST_OCTETS = 75

/** iCalendar (RFC 5545): an event for each round, from its start to its end; its stops stand in the description. */
export function writeIcs(walked: WalkedPlan): string {
  const { plan, rounds } = walked
  const events = rounds.flatMap((one) => {
    const { round, team, timed } = one
    const stops = round.stops.flatMap((stop, at) =>
      stop.checkpointId === null
        ? []
        : [
            `${clock(timed.stops[at]!.startsAt)}–${clock(timed.stops[at]!.leavesAt)} ${stopName(walked, one, at)}`,
          ],
    )
    const [first] = round.stops
    return [
      'BEGIN:VEVENT',
      `UID:${round.id}@gridward`,
      `DTSTAMP:${utc(plan.updatedAt)}`,
      `SEQUENCE:${plan.version ?? 0}`,
      `DTSTART:${utc(timed.startsAt)}`,
      `DTEND:${utc(timed.endsAt)}`,
      `SUMMARY:${escaped(`${plan.name} · ${team.name}`)}`,
      `DESCRIPTION:${escaped([...stops, plan.note].filter(Boolean).join('\n'))}`,
      ...(first
        ? [`LOCATION:${escaped(stopName(walked, one, 0))}`, `GEO:${first.lngLat[1]};${first.lngLat[0]}`]
        : []),
      'END:VEVENT',
    ]
  })
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gridward//Patrols//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...events,
    'END:VCALENDAR',
  ]
  return `${lines.map(fold).join('\r\n')}\r\n`
}

const utc = (instant: string): string => new Date(instant).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')

const clock = (instant: string): string =>
  new Date(Date.parse(instant) + CHINA_MS).toISOString().slice(11, 16)

/** §3.3.11. Other control characters have no place in a value. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')

/** §3.1: at most 75 octets a line, the next one beginning with a space; no character is cut. */
export function fold(line: string): string {
  const encoder = new TextEncoder()
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const length = encoder.encode(character).length
    if (octets + length > MOST_OCTETS) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += character
    octets += length
  }
  return [...parts, part].join('\r\n')
}
