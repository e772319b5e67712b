import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { type Facts, fact } from '../ui/facts.ts'
import { formatTime } from '../ui/format.ts'
import { hazardStatus } from './status.ts'

export const hazardFacts: Facts = ({ properties }, { t, lang, enums }, now) => {
  const category = HAZARD_CATEGORIES.find(
    ({ standard, kind, code }) =>
      standard === properties.categoryStandard &&
      kind === properties.categoryKind &&
      code === properties.categoryCode,
  )
  const status = hazardStatus(properties, now)
  const tone = status === 'overdue' ? 'critical' : status === 'soon' ? 'due' : undefined
  return [
    {
      label: t('facts.state'),
      value: enums('state', properties.state),
      ...(status === 'closed' ? { tone: 'done' } : {}),
    },
    { label: t('facts.severity'), value: enums('severity', properties.severity) },
    {
      label: t('facts.category'),
      value: `${category ? `${category[lang]} · ` : ''}${String(properties.categoryCode)}`,
    },
    ...fact(t('facts.reportedAt'), properties.reportedAt, formatTime),
    ...fact(t('facts.dueAt'), properties.dueAt, formatTime).map((due) =>
      status === 'overdue'
        ? {
            ...due,
            tone,
            value: `${due.value} · ${t('place.overdue')}`,
            brief: `${t('place.overdue')} ${due.value}`,
          }
        : { ...due, ...(tone ? { tone } : {}) },
    ),
    ...fact(t('facts.description'), properties.description),
  ] as ReturnType<Facts>
}
