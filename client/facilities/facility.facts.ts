import { FACILITY_KINDS, type FacilityKind } from '../../geodata/facilities/facility.schema.ts'
import { type Facts, fact } from '../ui/facts.ts'

export const facilityFacts: Facts = ({ properties }, { t, lang, enums }) => {
  const works = properties.works as { title: string; startsOn: string; endsOn: string | null } | null
  return [
    { label: t('facts.kind'), value: FACILITY_KINDS[properties.kind as FacilityKind]?.[lang] ?? '—' },
    {
      label: t('facts.status'),
      value: enums('status', properties.status),
      ...(properties.status === 'out-of-service' ? { tone: 'critical' as const } : {}),
    },
    ...fact(t('facts.address'), properties.address),
    ...fact(t('facts.capacity'), properties.capacity),
    ...fact(t('facts.openingHours'), properties.openingHours),
    ...fact(t('facts.works'), works && `${works.title} ${works.startsOn}–${works.endsOn ?? ''}`),
  ]
}
