import { type Facts, fact } from '../ui/facts.ts'
import { formatKnown, formatMetres } from '../ui/format.ts'

export const buildingFacts: Facts = ({ properties }, { t, lang, enums }) => [
  { label: t('facts.use'), value: enums('use', properties.use) },
  ...fact(t('facts.floors'), properties.floors),
  ...fact(t('facts.height'), properties.heightMetres, (metres: number) => formatMetres(metres, lang)),
  { label: t('facts.households'), value: formatKnown(properties.households) },
  { label: t('facts.population'), value: formatKnown(properties.population) },
  ...fact(t('facts.address'), properties.address),
]

export const roadFacts: Facts = ({ properties }, { t, lang, enums }) => [
  { label: t('facts.kind'), value: enums('road', properties.kind) },
  ...fact(t('facts.length'), properties.lengthMetres, (metres: number) => formatMetres(metres, lang)),
  { label: t('facts.walkable'), value: properties.walkable ? t('facts.yes') : t('facts.no') },
]

export const landcoverFacts: Facts = ({ properties }, { t, enums }) => [
  { label: t('facts.kind'), value: enums('landcover', properties.kind) },
]

export const zoneFacts: Facts = ({ properties }, { t }) => [
  ...fact(t('facts.kind'), properties.zoneLayer),
  ...fact(t('facts.code'), properties.code),
]

export const cellFacts: Facts = ({ properties }, { t, enums }) =>
  fact(t('facts.kind'), properties.kind, (kind: string) =>
    enums(kind === 'community' || kind === 'village' ? 'community' : 'grid', kind),
  )
