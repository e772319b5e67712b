/** Hectares with one decimal; less than a tenth with three. */
export const hectares = (squareMetres: number): string =>
  (squareMetres / 10_000).toLocaleString('en-US', {
    maximumFractionDigits: squareMetres > 0 && squareMetres < 1000 ? 3 : 1,
  })

/** A share as percents with one decimal; of nothing, a dash. */
export const shareWords = (share: number | null): string =>
  share === null ? '—' : `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })}%`
