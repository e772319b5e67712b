/** What can be chosen in a question of siting; apart from the schema, so that forms need not load what checks it. */
export const SITING_AIMS = ['cover-all', 'cover-most', 'least-mean', 'least-worst'] as const
export type SitingAim = (typeof SITING_AIMS)[number]
export const isCovering = (aim: SitingAim): boolean => aim === 'cover-all' || aim === 'cover-most'
export const SITING_WEIGHTS = ['households', 'population', 'buildings'] as const
/** Where a site to choose from comes from; `existing`: it stands already and may be moved away. */
export const CANDIDATE_ORIGINS = [
  'drawn',
  'facility',
  'checkpoint',
  'ground',
  'crossing',
  'street',
  'existing',
] as const
export type CandidateOrigin = (typeof CANDIDATE_ORIGINS)[number]

export const MOST_DRAWN = 200
export const MOST_NEW_SITES = 50
