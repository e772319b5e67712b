/** States in which nothing more is to be done about a hazard. */
export const ENDED_STATES: readonly string[] = ['closed', 'rejected']
/** A deadline this near counts as due soon. */
export const DUE_SOON_MINUTES = 120
