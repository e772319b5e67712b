/** Facilities for every 1,000 households; null where there is no household to count them by, or none is known. */
export const perThousandHouseholds = (facilities: number, households: number | null): number | null =>
  households ? (facilities / households) * 1000 : null
