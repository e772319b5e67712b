import type { WallLayoutInput } from '../../../geodata/walls/layout.schema.ts'
import { smallestTypePixels } from '../type-size.ts'

/** What a screen has that says nothing of its pixels. */
const USUAL_WIDTH = 1920
const RATIO = 9 / 16

/** The smallest type of a layout in the pixels of its screen, which is taken for an ordinary one where it says nothing. */
export function smallestOn({ distanceMetres, diagonalInches, widthPixels }: WallLayoutInput['screen']): {
  pixels: number
  widthPixels: number
} {
  const width = widthPixels ?? USUAL_WIDTH
  return {
    widthPixels: width,
    pixels: smallestTypePixels({
      distanceMetres,
      diagonalInches,
      widthPixels: width,
      heightPixels: width * RATIO,
    }),
  }
}
