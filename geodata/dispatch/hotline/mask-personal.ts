/** Identity numbers of 18 and 15 digits, mobile and fixed-line numbers in China; not part of a longer number. */
const NUMBERS = [
  /(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])\(?0\d{2,3}\)?[- ]?[2-9]\d{6,7}(?![0-9A-Za-z])/g,
]
const LEFT_OUT = '［已略去］'

/** A text without phone and identity numbers, and how many there were. */
export function maskPersonal(text: string): { text: string; masked: number } {
  let masked = 0
  const clean = NUMBERS.reduce(
    (left, pattern) =>
      left.replace(pattern, () => {
        masked++
        return LEFT_OUT
      }),
    text,
  )
  return { text: clean, masked }
}

const WHOLE = [
  // Of somebody who was born before 2020: numbers of orders begin with a division code and a day of these years, too.
  /^[1-9]\d{5}(?:19\d{2}|20[01]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]$/,
  /^(?:86)?1[3-9]\d{9}$/,
  /^0\d{2,3}-?[2-9]\d{6,7}$/,
]

/** Whether what stands in the place of an order's number is somebody's phone or identity number. */
export const isPersonalNumber = (value: string): boolean => WHOLE.some((pattern) => pattern.test(value))
