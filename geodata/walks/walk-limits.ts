/** So near to a stop a check-in is a visit. */
export const CHECK_IN_METRES = 60
/** Duty begins and ends within so much of the round’s own hours. */
export const DUTY_MARGIN_MINUTES = 120
