const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/u
const WIDE_EM = 1
const NARROW_EM = 0.6

/** About how wide a line is, em: for deciding what has room before it is laid out. Rather too wide than cut off. */
export const textEm = (text: string): number =>
  [...text].reduce((width, letter) => width + (WIDE.test(letter) ? WIDE_EM : NARROW_EM), 0)
