import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { CHOICES } from '../../geodata/lists/choices.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { choiceOptions, filterPatch, type LayerFilter } from '../app/filters.ts'
import { useTexts } from '../ui/i18n.ts'
import { choiceLabel, valueLabel } from './labels.ts'
import type { ListsProps } from './props.ts'

/** Nearly all values of a choice are one chip, which says what is left out. */
const MOST_LEFT = 2

interface Chip {
  key: string
  label: string
  /** What is left without it. */
  without: LayerFilter
}

/** The filters in force, each of which can be taken away. */
export function FilterChips({ view, layer }: Pick<ListsProps, 'view'> & { layer: LayerId }) {
  const texts = useTexts()
  const { t } = texts
  const chips = chipsOf(layer, view.filters[layer] ?? {}, texts)
  if (chips.length === 0) return null
  const put = (filter: LayerFilter) => view.change(filterPatch(layer, filter))
  return (
    <ul className="gw-chips" aria-label={t('filters.active')}>
      {chips.map(({ key, label, without }) => (
        <li key={key}>
          <span>{label}</span>
          <ActionIcon
            variant="transparent"
            color="gray"
            size={24}
            aria-label={t('filters.remove', { what: label })}
            onClick={() => put(without)}
          >
            <IconX size={12} />
          </ActionIcon>
        </li>
      ))}
      <li className="gw-chips-clear">
        <button type="button" className="gw-link" onClick={() => put({})} data-testid="filter-clear">
          {t('filters.clearLayer')}
        </button>
      </li>
    </ul>
  )
}

export function chipsOf(layer: LayerId, filter: LayerFilter, texts: ReturnType<typeof useTexts>): Chip[] {
  const { t, lang } = texts
  const chips: Chip[] = []
  const drop = (name: keyof LayerFilter): LayerFilter => ({ ...filter, [name]: undefined })
  for (const choice of CHOICES) {
    const values = filter[choice] ?? []
    const left = choiceOptions(layer, choice)?.filter((option) => !values.includes(option)) ?? []
    const what = choiceLabel(layer, choice, texts)
    const inWords = (value: string) => valueLabel(layer, choice, value, texts)
    if (left.length > 0 && left.length <= MOST_LEFT && values.length > left.length + 1) {
      const label = t('filters.allBut', { what, values: left.map(inWords).join(lang === 'zh' ? '、' : ', ') })
      chips.push({ key: choice, label, without: drop(choice) })
      continue
    }
    for (const value of values)
      chips.push({
        key: `${choice} ${value}`,
        label: `${what} ${inWords(value)}`,
        without: { ...filter, [choice]: values.filter((other) => other !== value) },
      })
  }
  const { from, to, parent, q, area } = filter
  if (from || to)
    chips.push({
      key: 'period',
      label: `${from?.slice(0, 10) ?? ''}–${to?.slice(0, 10) ?? ''}`,
      without: { ...filter, from: undefined, to: undefined },
    })
  if (q) chips.push({ key: 'q', label: t('filters.search', { q }), without: drop('q') })
  if (parent) chips.push({ key: 'parent', label: `${t('filters.cell')} ${parent}`, without: drop('parent') })
  if (area) chips.push({ key: 'area', label: t('filters.area'), without: drop('area') })
  if (filter.unassigned)
    chips.push({ key: 'unassigned', label: t('filters.unassigned'), without: drop('unassigned') })
  return chips
}
