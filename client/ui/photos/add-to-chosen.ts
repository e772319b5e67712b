const isSame = (a: File, b: File) =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified

/** What is chosen so far with what was chosen now; a file chosen twice is there once. */
export const addToChosen = (kept: readonly File[], added: readonly File[]): File[] => [
  ...kept,
  ...added.filter((file) => !kept.some((other) => isSame(file, other))),
]
