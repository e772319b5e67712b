import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconCommand, IconMapPin, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import { search } from '../api/places.ts'
import type { SearchResult } from '../api/types.ts'
import { useTexts } from '../ui/i18n.ts'

export interface Command {
  id: string
  label: string
  run(): void
}

interface CommandPaletteProps {
  commands: Command[]
  onResult(result: SearchResult): void
}

/** Search and commands in one box; ⌘K, Ctrl+K or `/` from anywhere. */
export default function CommandPalette({ commands, onResult }: CommandPaletteProps) {
  const { t, lang } = useTexts()
  const [query, setQuery] = useState('')
  const wanted = query.trim()
  const [settled] = useDebouncedValue(wanted, 120)
  const answer = useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => search(settled, signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  })
  const results = wanted && settled ? (answer.data ?? []) : []
  const matching = commands.filter((command) => command.label.toLowerCase().includes(wanted.toLowerCase()))
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K', '/']}
      tagsToIgnore={['INPUT', 'TEXTAREA', 'SELECT']}
      scrollable
      maxHeight={420}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      size="lg"
    >
      <Spotlight.Search
        placeholder={t('top.search')}
        aria-label={t('top.search')}
        leftSection={<IconSearch size={18} />}
        data-testid="search-input"
      />
      <Spotlight.ActionsList>
        {!wanted && <p className="gw-hint gw-palette-hint">{t('top.searchHint')}</p>}
        {results.length > 0 && (
          <Spotlight.ActionsGroup label={t('top.results')}>
            {results.map((result) => (
              <Spotlight.Action
                key={`${result.layer}/${result.id}`}
                label={result.name || result.code || `${result.layer}/${result.id}`}
                description={[LAYERS[result.layer].noun[lang], result.subtitle ?? result.code]
                  .filter(Boolean)
                  .join(' · ')}
                leftSection={<IconMapPin size={18} aria-hidden="true" />}
                onClick={() => onResult(result)}
                data-testid="search-result"
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {matching.length > 0 && (
          <Spotlight.ActionsGroup label={t('top.commands')}>
            {matching.map((command) => (
              <Spotlight.Action
                key={command.id}
                label={command.label}
                leftSection={<IconCommand size={18} aria-hidden="true" />}
                onClick={command.run}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {results.length === 0 && matching.length === 0 && !answer.isFetching && (
          <Spotlight.Empty>{t('top.nothing', { query: wanted })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
