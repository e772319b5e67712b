import type { Area } from '../../geodata/access/area.schema.ts'
import type { useTexts } from '../ui/i18n.ts'

type Translate = ReturnType<typeof useTexts>['t']

const NAMED = 2

/** An area in a few words: everywhere, or its first cells and how many more. */
export function areaWords(area: Area, t: Translate): string {
  if (area === 'everywhere') return t('access.everywhere')
  if (area.length === 0) return t('access.nowhere')
  const names = area.slice(0, NAMED).map(({ name, code }) => name || code)
  const more = area.length - names.length
  return [...names, ...(more > 0 ? [t('access.andMore', { count: more })] : [])].join(' · ')
}
