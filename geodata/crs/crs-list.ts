export type Axis = 'longitude' | 'latitude' | 'easting' | 'northing'

export interface Crs {
  id: string
  zh: string
  en: string
  unit: 'degree' | 'metre'
  /** Decimals worth showing: about a centimetre (a metre where the system itself is no better). */
  decimals: number
  /** What a pair of numbers means here, everywhere in this program east comes first. */
  axes: readonly [Axis, Axis]
  axisNames: { zh: readonly [string, string]; en: readonly [string, string] }
  /** GCJ-02 and BD-09: the coordinates of Chinese map services, distorted on purpose by 50 to 700 metres. */
  obfuscated: boolean
  /** Gauss–Krüger belts only: central meridian in degrees and zone number (central meridian / 3). */
  belt: { centralMeridian: number; zone: number; easting: '6-digit' | '8-digit' } | null
  /** A PROJ string for projected systems. */
  proj: string | null
}

const degrees = (id: string, zh: string, en: string, decimals: number, obfuscated = false): Crs => ({
  id,
  zh,
  en,
  unit: 'degree',
  decimals,
  axes: ['longitude', 'latitude'],
  axisNames: { zh: ['经度', '纬度'], en: ['Longitude', 'Latitude'] },
  obfuscated,
  belt: null,
  proj: null,
})

const metres = (id: string, zh: string, en: string, proj: string, belt: Crs['belt']): Crs => ({
  id,
  zh,
  en,
  unit: 'metre',
  decimals: 2,
  axes: ['easting', 'northing'],
  axisNames: { zh: ['东坐标', '北坐标'], en: ['Easting', 'Northing'] },
  obfuscated: false,
  belt,
  proj,
})

const ZONES = Array.from({ length: 21 }, (_, i) => 25 + i)
/**
 * Parameters as the EPSG registry has them (CGCS2000 / 3-degree Gauss-Kruger; PROJ 9 gives these strings for the
 * codes). CGCS2000's ellipsoid has GRS80's flattening and size; its shift from WGS 84, centimetres to decimetres, is
 * labelled and not applied.
 */
const gaussKruger = (centralMeridian: number, falseEasting: number) =>
  `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`

/** The coordinate systems that people may enter and read. */
export const CRS_LIST: readonly Crs[] = [
  degrees('EPSG:4326', 'WGS 84 经纬度', 'WGS 84', 7),
  degrees('EPSG:4490', 'CGCS2000 经纬度', 'CGCS2000', 7),
  metres(
    'EPSG:3857',
    'Web 墨卡托',
    'Web Mercator',
    '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
    null,
  ),
  ...ZONES.map((zone) =>
    metres(
      `EPSG:${4534 + zone - 25}`,
      `CGCS2000 3°带 中央子午线 ${zone * 3}°E`,
      `CGCS2000 / 3-degree Gauss–Krüger CM ${zone * 3}E`,
      gaussKruger(zone * 3, 500_000),
      { centralMeridian: zone * 3, zone, easting: '6-digit' },
    ),
  ),
  ...ZONES.map((zone) =>
    metres(
      `EPSG:${4513 + zone - 25}`,
      `CGCS2000 3°带 第 ${zone} 带（带号）`,
      `CGCS2000 / 3-degree Gauss–Krüger zone ${zone}`,
      gaussKruger(zone * 3, zone * 1_000_000 + 500_000),
      { centralMeridian: zone * 3, zone, easting: '8-digit' },
    ),
  ),
  degrees('GCJ-02', 'GCJ-02（高德、腾讯，加偏）', 'GCJ-02 (Amap, Tencent; obfuscated)', 6, true),
  degrees('BD-09', 'BD-09（百度，加偏）', 'BD-09 (Baidu; obfuscated)', 6, true),
]

const BY_ID = new Map(CRS_LIST.map((crs) => [crs.id, crs]))

export const findCrs = (id: string): Crs | undefined => BY_ID.get(id)

/** The belt of a zone number (25–45) in the wanted form. */
export const beltOfZone = (zone: number, easting: '6-digit' | '8-digit'): Crs | undefined =>
  findCrs(`EPSG:${(easting === '6-digit' ? 4534 : 4513) + zone - 25}`)
