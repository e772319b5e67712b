import { CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Category } from '../../geodata/figures/scheme.schema.ts'
import { getPlace } from '../api/places.ts'
import { useTexts } from '../ui/i18n.ts'
import { kindWords } from './words.ts'

export const usePlaceName = (code: string | undefined): string | undefined => {
  const place = useQuery({
    queryKey: ['place', code],
    queryFn: () => getPlace(code!),
    staleTime: 60_000,
    enabled: code !== undefined,
  })
  return code && (place.data?.name || code)
}

interface ChipProps {
  label: string
  value: string | undefined
  leave: string
  onLeave(): void
  testId: string
}

function Chip({ label, value, leave, onLeave, testId }: ChipProps) {
  return (
    <p className="gw-figures-area" data-testid={testId}>
      <span>{label}</span>
      <b>{value}</b>
      <CloseButton size={24} aria-label={leave} onClick={onLeave} />
    </p>
  )
}

/** The kinds of hazards that figures are narrowed to, and the way back. */
export function KindChip({ categories, onLeave }: { categories: Category[]; onLeave(): void }) {
  const texts = useTexts()
  const { t } = texts
  return (
    <Chip
      label={t('figures.kind')}
      value={kindWords(categories, texts)}
      leave={t('figures.leaveKinds')}
      onLeave={onLeave}
      testId="figures-kinds"
    />
  )
}

/** The cell that figures are narrowed to, and the way back. */
export function AreaChip({ code, onLeave }: { code: string; onLeave(): void }) {
  const { t } = useTexts()
  return (
    <Chip
      label={t('figures.area')}
      value={usePlaceName(code)}
      leave={t('figures.leaveArea')}
      onLeave={onLeave}
      testId="figures-area"
    />
  )
}
