const two = (value: number) => String(value).padStart(2, '0')

/** `莲风社区-20261121-1405@2x.png`: signs that some file system refuses are left out of the title. */
export function pictureName(title: string, time: Date, ratio: number): string {
  const safe = title
    .replace(/[\p{C}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60)
  const stamp = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}-${two(time.getHours())}${two(time.getMinutes())}`
  return `${safe || 'gridward'}-${stamp}${ratio > 1 ? `@${ratio}x` : ''}.png`
}
