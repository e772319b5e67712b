/** A share as whole percents; of nothing, a dash. */
export const shareWords = (share: number | null): string =>
  share === null ? '—' : `${Math.round(share * 100)} %`
