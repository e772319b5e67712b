import { SegmentedControl } from '@mantine/core'
import { LAYERS } from '../../geodata/layers.ts'
import { CELL_LAYERS, type CellLayer } from '../../geodata/shared/codes.ts'
import { useTexts } from './i18n.ts'

/** Which cells the figures are broken down by. */
export function CellLevel({ value, onChange }: { value: CellLayer; onChange(next: CellLayer): void }) {
  const { t, lang } = useTexts()
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('figure.cells')}
      value={value}
      onChange={(next) => onChange(CELL_LAYERS.find((known) => known === next) ?? 'grids')}
      data={CELL_LAYERS.map((layer) => ({ value: layer, label: LAYERS[layer].title[lang] }))}
    />
  )
}

export const readLevel = (text: string | undefined): CellLayer =>
  CELL_LAYERS.find((known) => known === text) ?? 'grids'
