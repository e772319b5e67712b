/** So near to a stop a check-in is a visit. */
export const CHECK_IN_METRES = 60
/** Duty begins and ends within so much of the round’s own hours. */
export const DUTY_MARGIN_MINUTES = 120
/** A track of another device, as a file. */
export const MAX_GPX_BYTES = 20 * 1024 * 1024
export const GPX_TOO_LARGE = 'The track is larger than 20 MB. Give the track of one shift, not of a month.'
