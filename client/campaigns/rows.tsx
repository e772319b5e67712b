import { NativeSelect, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'

interface Page {
  next: string | null
}

/** A list that the server gives in pages. */
export const usePages = <P extends Page>(
  queryKey: QueryKey,
  ask: (cursor: string | undefined) => Promise<P>,
) =>
  useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: P) => page.next ?? undefined,
  })

/** What was typed above a list, and the same once the typing pauses, as lists are asked for it. */
export function useTyped([typed, setTyped]: [string, (next: string) => void]) {
  const [paused] = useDebouncedValue(typed.trim(), 300)
  return { typed, setTyped, q: paused === '' ? undefined : paused }
}

interface RowsProps<P extends Page, Row> {
  found: ReturnType<typeof usePages<P>>
  rowsOf(page: P): readonly Row[]
  keyOf(row: Row): number | string
  onOpen(row: Row): void
  /** Said where there is no row. */
  none: string
  testId: string
  children(row: Row): ReactNode
}

/** The rows of a list; the button of each opens what it is about. */
export function Rows<P extends Page, Row>(props: RowsProps<P, Row>) {
  const { found, rowsOf, keyOf, onOpen, none, testId, children } = props
  const { t } = useTexts()
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  const rows = found.data.pages.flatMap(rowsOf)
  return (
    <>
      {rows.length === 0 && <p className="gw-hint">{none}</p>}
      <ul className="gw-campaign-list">
        {rows.map((row) => (
          <li key={keyOf(row)}>
            <UnstyledButton className="gw-campaign-row" onClick={() => onOpen(row)} data-testid={testId}>
              {children(row)}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <UnstyledButton
          className="gw-link"
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('campaigns.more')}
        </UnstyledButton>
      )}
    </>
  )
}

interface RowFilterProps<State extends string> {
  /** Empty: all of them. */
  value: State | ''
  onChange(next: State | ''): void
  all: string
  states: readonly { value: State; label: string; count: number }[]
  search: { label: string; typed: string; setTyped(next: string): void }
  testId: string
}

/** What rows of a list are narrowed to: one state, with how many have it, and what is typed. */
export function RowFilter<State extends string>(props: RowFilterProps<State>) {
  const { value, onChange, all, states, search, testId } = props
  const { t } = useTexts()
  return (
    <div className="gw-campaign-filter">
      <NativeSelect
        aria-label={t('campaigns.state')}
        value={value}
        onChange={({ currentTarget }) =>
          onChange(states.find((state) => state.value === currentTarget.value)?.value ?? '')
        }
        data={[
          { value: '', label: all },
          ...states.map((state) => ({
            value: state.value,
            label: `${state.label} ${formatCount(state.count)}`,
          })),
        ]}
        data-testid={`${testId}-state`}
      />
      <TextInput
        aria-label={search.label}
        placeholder={search.label}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        maxLength={100}
        value={search.typed}
        onChange={(event) => search.setTyped(event.currentTarget.value)}
        data-testid={`${testId}-search`}
      />
    </div>
  )
}
