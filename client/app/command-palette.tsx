import { Kbd } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconCommand, IconMapPin, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import type { SearchResult } from '../../geodata/search/search.schema.ts'
import { search } from '../api/places.ts'
import { useTexts } from '../ui/i18n.ts'
import { useOwnArea } from '../ui/session.ts'
import { type Command, type CommandGroup, shownKeys } from './commands.ts'
import { useLabelMatch } from './use-label-match.ts'

interface CommandPaletteProps {
  groups: { id: CommandGroup; commands: Command[] }[]
  onResult(result: SearchResult): void
}

/** Search and commands in one box. The key that opens it stands in the table of commands like every other. */
export function CommandPalette({ groups, onResult }: CommandPaletteProps) {
  const { t, lang } = useTexts()
  const [query, setQuery] = useState('')
  const limited = useOwnArea() !== undefined
  const wanted = query.trim()
  const [settled] = useDebouncedValue(wanted, 120)
  const answer = useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => search(settled, signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  })
  const results = wanted && settled ? (answer.data ?? []) : []
  const matches = useLabelMatch(wanted, lang)
  const matching = groups
    .map(({ id, commands }) => ({
      id,
      commands: commands.filter(({ run, keyOnly, label }) => run && !keyOnly && matches(label)),
    }))
    .filter(({ commands }) => commands.length > 0)
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight="min(30rem, 70dvh)"
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      size="lg"
      attributes={{ content: { 'aria-label': t('top.search') } }}
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
        {matching.map(({ id, commands }) => (
          <Spotlight.ActionsGroup key={id} label={t(`commands.${id}`)}>
            {commands.map((command) => (
              <Spotlight.Action
                key={command.id}
                label={command.label}
                leftSection={<IconCommand size={18} aria-hidden="true" />}
                rightSection={command.keys && <Keys keys={command.keys[0]!} />}
                onClick={() => command.run?.()}
                data-testid="command"
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {results.length === 0 && matching.length === 0 && !answer.isFetching && (
          <Spotlight.Empty>
            {t(limited ? 'top.nothingHere' : 'top.nothing', { query: wanted })}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Keys({ keys }: { keys: string }) {
  return (
    <span className="gw-keys">
      {shownKeys(keys).map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </span>
  )
}
