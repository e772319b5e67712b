import { SITE_TYPES, type SiteType } from '../../geodata/patrols/checkpoint.schema.ts'
import { type Facts, fact } from '../ui/facts.ts'
import { formatMinutes } from '../ui/format.ts'

export const checkpointFacts: Facts = ({ properties }, { t, lang, enums }) => [
  { label: t('facts.kind'), value: SITE_TYPES[properties.siteType as SiteType]?.[lang] ?? '—' },
  { label: t('facts.risk'), value: enums('risk', properties.risk) },
  ...fact(t('facts.interval'), properties.intervalMinutes, (minutes: number) => formatMinutes(minutes, lang)),
  ...fact(t('facts.grace'), properties.graceMinutes, (minutes: number) => formatMinutes(minutes, lang)),
  ...fact(t('facts.service'), properties.serviceMinutes, (minutes: number) => formatMinutes(minutes, lang)),
  ...fact(t('facts.timeWindows'), windows(properties.timeWindows)),
]

const windows = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(({ from, to }: { from: string; to: string }) => `${from}–${to}`).join(' · ')
    : ''
