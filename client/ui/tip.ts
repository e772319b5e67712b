export type TipSide = 'below' | 'left' | 'right'

/** A word about a control, to be spread on it; `TipHost` shows it. Whatever it says is said by a label as well. */
export const tip = (text: string, side: TipSide) => ({ 'data-tip': text, 'data-tip-side': side })
