const two = (value: number) => String(value).padStart(2, '0')

/** `2026-11-21 14:05` in the viewer's time zone: paper is read in other years. */
export const formatStamp = (time: Date): string =>
  `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`
