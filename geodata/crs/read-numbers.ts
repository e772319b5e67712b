export interface ReadNumber {
  value: number
  /** Where a letter or word says which axis it is. */
  axis: 'east' | 'north' | null
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)`
const ANGLE = String.raw`(${NUMBER})(?:\s*°(?:\s*(\d+(?:\.\d*)?)\s*')?(?:\s*(\d+(?:\.\d*)?)\s*")?)?`
const WORDS: [RegExp, string][] = [
  [/东经/g, 'E'],
  [/西经/g, 'W'],
  [/北纬/g, 'N'],
  [/南纬/g, 'S'],
  [/经度|longitude|lng|lon|东坐标|easting/gi, 'E:'],
  [/纬度|latitude|lat|北坐标|northing/gi, 'N:'],
  [/度|º|˚/g, '°'],
  [/[′’‘`´]|分/g, "'"],
  [/[″”“]|秒/g, '"'],
  [/[、，;；|/]/g, ','],
  [/[−–]/g, '-'],
]

/**
 * The numbers of a text in order, degrees-minutes-seconds added up, south and west negative. Undefined when the text
 * holds anything else than numbers, hemispheres, labels and separators.
 */
export function readNumbers(text: string): ReadNumber[] | undefined {
  // NFKC makes full-width digits, commas and points ordinary; it would also take ″ apart, so words come first.
  const plain = WORDS.reduce((sum, [from, to]) => sum.replace(from, to), text)
    .normalize('NFKC')
    .replaceAll("''", '"')
    .replace(/[\s()[\]{}]+/g, ' ')
    .replace(/(?<=\d)\s*(?:m|米)(?![a-z])/gi, '')
    .toUpperCase()
    .trim()
  // A letter before the first number means that letters lead; else they follow. "N31 E120" and "31N 120E" both read.
  const leads = /^[NSEW]/.test(plain)
  const hemisphere = '([NSEW])'
  const pattern = new RegExp(
    leads
      ? String.raw`${hemisphere}\s*[:=]*\s*${ANGLE}|()${ANGLE}`
      : String.raw`${ANGLE}\s*(E(?![+-]?[\d.])|[NSW])?`,
    'g',
  )
  const numbers: ReadNumber[] = []
  let broken = false
  const rest = plain.replace(pattern, (...groups: (string | undefined)[]) => {
    const [degrees, minutes, seconds, letter] = leads
      ? groups[1]
        ? [groups[2], groups[3], groups[4], groups[1]]
        : [groups[6], groups[7], groups[8], undefined]
      : [groups[1], groups[2], groups[3], groups[4]]
    const [m, s] = [Number(minutes ?? 0), Number(seconds ?? 0)]
    if (m >= 60 || s >= 60) broken = true
    const size = Math.abs(Number(degrees)) + m / 60 + s / 3600
    const negative = degrees?.startsWith('-') !== (letter === 'S' || letter === 'W')
    const axis = letter === undefined ? null : letter === 'E' || letter === 'W' ? 'east' : 'north'
    numbers.push({ value: (negative ? -size : size) + 0, axis })
    return ' '
  })
  return broken || /[^\s,]/.test(rest) ? undefined : numbers
}
