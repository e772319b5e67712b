/** How wide signs are in the fonts of the wall, em, the widest of each class; the first that matches counts. */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef≤≥—%]/u, 1],
  [/[ .,:;·/'’()ijlrtf]/u, 0.37],
  [/[mwMW]/u, 0.9],
  [/[A-Z]/u, 0.68],
  [/[0-9+−±]/u, 0.65],
]
const OTHER_EM = 0.6

/** About how wide a line is, em: for deciding what has room before it is laid out. Rather too wide than cut off. */
export const textEm = (text: string): number =>
  [...text].reduce(
    (width, letter) => width + (CLASSES.find(([sign]) => sign.test(letter))?.[1] ?? OTHER_EM),
    0,
  )
