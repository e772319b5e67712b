/** Who writes, until people sign in. */
export const ACTOR = 'local'
