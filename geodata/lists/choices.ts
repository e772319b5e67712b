/** The filters that choose among the values of a property. */
export const CHOICES = ['kind', 'state', 'severity'] as const
export type ChoiceName = (typeof CHOICES)[number]
