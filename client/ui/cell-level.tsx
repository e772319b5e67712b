import { SegmentedControl } from '@mantine/core'
import { LAYERS } from '../../geodata/layers.ts'
import { CELL_LAYERS, type CellLayer } from '../../geodata/shared/codes.ts'
import { useTexts } from './i18n.ts'
import { useOwnArea } from './session.ts'

/** Which cells the figures are broken down by. */
export function CellLevel({ value, onChange }: { value: CellLayer; onChange(next: CellLayer): void }) {
  const { t, lang } = useTexts()
  const own = useOwnArea()
  const highest = own && CELL_LAYERS.find((layer) => own.some((cell) => cell.layer === layer))
  const top = highest ? CELL_LAYERS.indexOf(highest) : 0
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('figure.cells')}
      value={value}
      onChange={(next) => onChange(CELL_LAYERS.find((known) => known === next) ?? 'grids')}
      data={CELL_LAYERS.map((layer, index) => ({
        value: layer,
        label: LAYERS[layer].title[lang],
        // What lies above one's own cells cannot be seen.
        disabled: index < top,
      }))}
    />
  )
}

export const readLevel = (text: string | undefined): CellLayer =>
  CELL_LAYERS.find((known) => known === text) ?? 'grids'
