import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import ranges from '@fontsource-variable/noto-sans-sc/unicode.json'
import type { StyleSpecification } from 'maplibre-gl'
import { FONT_STACK } from './layer-module.ts'

const files = import.meta.glob<string>(
  '../../node_modules/@fontsource-variable/noto-sans-sc/files/noto-sans-sc-*-wght-normal.woff2',
  { eager: true, query: '?url', import: 'default' },
)

/**
 * Label fonts for the map style. MapLibre loads a file only when a label has a character in its range and waits for
 * it before drawing, so labels never fall back to another face and only the needed parts of Noto Sans SC travel.
 */
export function fontFaces(): NonNullable<StyleSpecification['font-faces']> {
  const byName = new Map(
    Object.entries(files).map(([path, url]) => [path.match(/noto-sans-sc-(.+)-wght/)![1]!, url]),
  )
  const absolute = (url: string) => new URL(url, location.href).href
  const faces = [
    { url: absolute(interUrl), 'unicode-range': ['U+20-7E', 'U+A0-FF', 'U+2013-2014', 'U+2018-201D'] },
  ]
  for (const [key, range] of Object.entries(ranges)) {
    const url = byName.get(key.replace(/[[\]]/g, ''))
    if (url) faces.push({ url: absolute(url), 'unicode-range': range.split(',').map(upperPrefix) })
  }
  return { [FONT_STACK[0]!]: faces }
}

const upperPrefix = (range: string) => range.trim().replace(/^u\+/, 'U+')
