import { HAZARD_STATES } from './hazard.schema.ts'
import { isEnded } from './workflow.ts'

/** States in which nothing more is to be done about a hazard. */
export const ENDED_STATES: readonly string[] = HAZARD_STATES.filter(isEnded)
/** A deadline this near counts as due soon. */
export const DUE_SOON_MINUTES = 120
