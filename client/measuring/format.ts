import type { Language } from '../ui/i18n.ts'

const grouped = (value: number, decimals: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })

/** Metres to a decimal below 100 m, whole below 1 km, then kilometres with two decimals. */
export function formatLength(metres: number, lang: Language): string {
  const [short, long] = lang === 'zh' ? ['米', '公里'] : ['m', 'km']
  if (metres < 99.95) return `${grouped(metres, 1)} ${short}`
  if (Math.round(metres) < 1000) return `${grouped(metres, 0)} ${short}`
  return `${grouped(metres / 1000, 2)} ${long}`
}

/** Square metres below a hectare, hectares below a square kilometre, then square kilometres. */
export function formatArea(squareMetres: number, lang: Language): string {
  const [small, middle, large] = lang === 'zh' ? ['平方米', '公顷', '平方公里'] : ['m²', 'ha', 'km²']
  if (squareMetres < 99.95) return `${grouped(squareMetres, 1)} ${small}`
  if (Math.round(squareMetres) < 10_000) return `${grouped(squareMetres, 0)} ${small}`
  if (squareMetres / 10_000 < 99.995) return `${grouped(squareMetres / 10_000, 2)} ${middle}`
  return `${grouped(squareMetres / 1_000_000, 2)} ${large}`
}
