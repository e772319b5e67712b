import { InvalidArgumentError } from 'commander'

/** An option that is a number, for commander. */
export const parseNumber = (low: number, high: number, isWhole: boolean) => (text: string) => {
  const value = Number(text)
  if (text.trim() !== '' && value >= low && value <= high && (!isWhole || Number.isInteger(value)))
    return value
  throw new InvalidArgumentError(`Give a ${isWhole ? 'whole ' : ''}number from ${low} to ${high}.`)
}
