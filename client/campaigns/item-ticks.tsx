import { Checkbox } from '@mantine/core'
import type { FindingItem, MeasureItem } from '../../geodata/campaigns/checklist.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { itemText } from './words.ts'

interface ItemTicksProps {
  items: readonly (FindingItem | MeasureItem)[]
  ticked: readonly string[]
  onChange(next: string[]): void
}

/** The items of a checklist, each to be ticked by its code. */
export function ItemTicks({ items, ticked, onChange }: ItemTicksProps) {
  const { lang } = useTexts()
  return items.map((item) => (
    <Checkbox
      key={item.code}
      className="gw-visit-tick"
      label={itemText(item, lang)}
      checked={ticked.includes(item.code)}
      onChange={(event) =>
        onChange(
          event.currentTarget.checked ? [...ticked, item.code] : ticked.filter((code) => code !== item.code),
        )
      }
    />
  ))
}
