import { writeGpx } from '../../geodata/patrols/export/write-gpx.ts'
import { writeIcs } from '../../geodata/patrols/export/write-ics.ts'
import { writeKml } from '../../geodata/patrols/export/write-kml.ts'
import { writePlanGeoJson } from '../../geodata/patrols/export/write-plan-geojson.ts'

/** What a plan can be written as. */
export const PLAN_FORMATS = {
  geojson: { type: 'application/geo+json', title: 'GeoJSON', write: writePlanGeoJson },
  gpx: { type: 'application/gpx+xml', title: 'GPX 1.1', write: writeGpx },
  kml: { type: 'application/vnd.google-earth.kml+xml', title: 'KML 2.2', write: writeKml },
  ics: { type: 'text/calendar', title: 'iCalendar', write: writeIcs },
} as const
