/** The layer of the ways of rounds that were handed out. It follows from the plans: nobody edits or imports it. */
export const PATROL_ROUTES = {
  id: 'patrol-routes',
  title: { zh: '巡查路线', en: 'Patrol routes' },
  noun: { zh: '巡查路线', en: 'Patrol route' },
  /** Lowest zoom at which there are tiles. */
  minZoom: 11,
} as const
