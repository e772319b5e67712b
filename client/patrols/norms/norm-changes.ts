import type { VisitNorm } from '../../../geodata/patrols/norm.schema.ts'

export const NORM_FIELDS = ['intervalMinutes', 'graceMinutes', 'serviceMinutes'] as const
export type NormField = (typeof NORM_FIELDS)[number]

/** What someone changed of the norms and did not save yet, by site type and risk. */
export type NormChanges = Readonly<Record<string, Partial<Pick<VisitNorm, NormField>>>>

export const normKey = ({ siteType, risk }: Pick<VisitNorm, 'siteType' | 'risk'>): string =>
  `${siteType} ${risk}`

/** The norms with the changes; those alone are no examples any more. */
export const withChanges = (norms: readonly VisitNorm[], changes: NormChanges): VisitNorm[] =>
  norms.map((norm) => {
    const change = changes[normKey(norm)]
    return change ? { ...norm, ...change, example: false } : norm
  })

/** One more change; a figure put back to what is stored is none. */
export function changeNorm(
  changes: NormChanges,
  stored: VisitNorm,
  field: NormField,
  minutes: number,
): NormChanges {
  const key = normKey(stored)
  const { [field]: _, ...others } = changes[key] ?? {}
  const next = minutes === stored[field] ? others : { ...others, [field]: minutes }
  const { [key]: __, ...rest } = changes
  return Object.keys(next).length === 0 ? rest : { ...rest, [key]: next }
}

/** What takes the changes back, where nobody changed the same figure since. */
export function takenBack(
  changes: NormChanges,
  before: readonly VisitNorm[],
  now: readonly VisitNorm[],
): NormChanges {
  let back: NormChanges = {}
  for (const norm of now) {
    const old = before.find((one) => normKey(one) === normKey(norm))
    for (const field of NORM_FIELDS) {
      const made = changes[normKey(norm)]?.[field]
      if (old && made !== undefined && norm[field] === made) back = changeNorm(back, norm, field, old[field])
    }
  }
  return back
}
