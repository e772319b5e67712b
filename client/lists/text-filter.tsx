import { TextInput } from '@mantine/core'
import type { LayerFilter } from '../app/filters.ts'
import { useTexts } from '../ui/i18n.ts'
import { useFilterText } from './use-filter-text.ts'

export interface FilterPart {
  filter: LayerFilter
  put(next: LayerFilter, how?: 'push' | 'replace'): void
}

export function TextFilter({ filter, put }: FilterPart) {
  const { t } = useTexts()
  const [text, setText] = useFilterText(filter.q, (q) => put({ ...filter, q }, 'replace'))
  return (
    <>
      <h3>{t('filters.text')}</h3>
      <TextInput
        size="xs"
        aria-label={t('lists.find')}
        placeholder={t('lists.find')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="filter-text"
      />
    </>
  )
}
