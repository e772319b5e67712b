/** ISO text in UTC with milliseconds, as the API gives times. */
export const isoTime = (expression: string) =>
  `to_char((${expression}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
