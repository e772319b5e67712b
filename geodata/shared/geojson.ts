/** GeoJSON as Gridward keeps it: EPSG:4326, axis order longitude, latitude; degrees; at most 7 decimals. */
export type LngLat = [lng: number, lat: number]
export type Ring = LngLat[]

export interface Point {
  type: 'Point'
  coordinates: LngLat
}
export interface LineString {
  type: 'LineString'
  coordinates: LngLat[]
}
export interface MultiPolygon {
  type: 'MultiPolygon'
  coordinates: Ring[][]
}
export type Geometry = Point | LineString | MultiPolygon
export type GeometryType = Geometry['type']

/** west, south, east, north in degrees. west > east means that the box crosses the antimeridian. */
export type Bbox = [west: number, south: number, east: number, north: number]
