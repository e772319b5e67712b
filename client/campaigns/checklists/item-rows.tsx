import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { FindingItem, MeasureItem } from '../../../geodata/campaigns/checklist.schema.ts'
import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import { useTexts } from '../../ui/i18n.ts'

interface ItemRowsProps<Item> {
  legend: string
  add: string
  items: Item[]
  make(code: string): Item
  onChange(next: Item[]): void
  /** New codes begin with it. */
  prefix: string
  /** Of findings: what a case is about that they open. */
  withCategory?: boolean
}

/** The items of a checklist in both languages. Their codes stay, whatever they are called later. */
export function ItemRows<Item extends FindingItem | MeasureItem>(props: ItemRowsProps<Item>) {
  const { legend, add, items, make, onChange, prefix, withCategory = false } = props
  const { t } = useTexts()
  const change = (code: string, part: Partial<FindingItem>) =>
    onChange(items.map((item) => (item.code === code ? { ...item, ...part } : item)))
  return (
    <fieldset>
      <legend>{legend}</legend>
      {items.map((item, at) => (
        <div key={item.code} className="gw-checklist-item">
          <TextInput
            aria-label={t('checklists.itemText', { number: at + 1 })}
            placeholder={t('checklists.chinese')}
            maxLength={120}
            value={item.text}
            onChange={(event) => change(item.code, { text: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('checklists.drop', { item: item.text || String(at + 1) })}
            onClick={() => onChange(items.filter(({ code }) => code !== item.code))}
          >
            <IconX size={16} />
          </ActionIcon>
          <TextInput
            aria-label={t('checklists.itemEnglish', { number: at + 1 })}
            placeholder={t('checklists.english')}
            maxLength={160}
            value={item.textEn ?? ''}
            onChange={(event) =>
              change(item.code, {
                textEn: event.currentTarget.value === '' ? null : event.currentTarget.value,
              })
            }
          />
          {withCategory && 'category' in item && (
            <CategoryField
              label={t('checklists.category', { number: at + 1 })}
              category={item.category}
              onChange={(category) => change(item.code, { category })}
            />
          )}
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        disabled={items.length >= 40}
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        onClick={() => onChange([...items, make(freeCode(items, prefix))])}
      >
        {add}
      </Button>
    </fieldset>
  )
}

interface CategoryFieldProps {
  label: string
  category: FindingItem['category']
  onChange(next: FindingItem['category']): void
}

function CategoryField({ label, category, onChange }: CategoryFieldProps) {
  const { t, lang } = useTexts()
  return (
    <NativeSelect
      aria-label={label}
      value={category?.code ?? ''}
      onChange={(event) => {
        const chosen = HAZARD_CATEGORIES.find(({ code }) => code === event.currentTarget.value)
        onChange(chosen ? { standard: chosen.standard, kind: chosen.kind, code: chosen.code } : null)
      }}
      data={[
        { value: '', label: t('checklists.noCase') },
        ...HAZARD_CATEGORIES.map((each) => ({ value: each.code, label: `${each.code} ${each[lang]}` })),
      ]}
    />
  )
}

/** A code that none of the items has. */
function freeCode(items: readonly { code: string }[], prefix: string): string {
  let number = items.length + 1
  while (items.some(({ code }) => code === `${prefix}${number}`)) number++
  return `${prefix}${number}`
}
