import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseSummary } from '../../../geodata/hazards/case.schema.ts'
import type { WorkingCalendar } from '../../../geodata/hazards/working-calendar.ts'
import { CASE_LISTS_KEY, type CaseQuery, listCases } from '../../api/cases.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { keepFocus } from '../../ui/keep-focus.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { DeadlineClock } from '../deadline-clock.tsx'
import { type Labels, useLabels } from '../labels.ts'
import { useCalendar } from '../use-calendar.ts'
import type { BulkAction } from './bulk-actions.ts'
import { BulkBar } from './bulk-bar.tsx'

const PAGE = 50
/** So many are looked through at a glance. */
const FEW = 8
const SORTS = ['dueAt', '-severity', '-reportedAt', '-stateSince'] as const
/** Deadlines pass without an event. */
const AGAIN_MS = 60_000

interface CaseListProps {
  name: string
  /** What is said when there are none. */
  none: string
  query: CaseQuery
  /** What may be done to many of them at once. */
  bulk: readonly BulkAction[]
  onOpen(id: number): void
}

/** Cases of a kind, the first deadline first unless told; each opens its case. */
export function CaseList({ name, none, query, bulk, onOpen }: CaseListProps) {
  const { t } = useTexts()
  const labels = useLabels()
  const calendar = useCalendar()
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set())
  const [text, setText] = useState('')
  const [sort, setSort] = useState<string>(SORTS[0])
  const [wanted] = useDebouncedValue(text.trim(), 300)
  const asked = { ...query, q: wanted || undefined, sort }
  const found = useInfiniteQuery({
    queryKey: [...CASE_LISTS_KEY, asked],
    queryFn: ({ pageParam, signal }) => listCases({ ...asked, limit: PAGE, cursor: pageParam }, signal),
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: AGAIN_MS,
  })
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  const cases = found.data.pages.flatMap((page) => page.cases)
  return (
    <section ref={keepFocus} aria-label={name} data-testid="case-list">
      <output className="gw-unseen" aria-live="polite">
        {t('worklists.shown', { count: cases.length, list: name })}
      </output>
      {(cases.length > FEW || wanted !== '') && (
        <div className="gw-case-find">
          <TextInput
            size="xs"
            type="search"
            aria-label={t('worklists.find')}
            placeholder={t('worklists.find')}
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-testid="case-find"
          />
          <NativeSelect
            size="xs"
            aria-label={t('worklists.sort')}
            value={sort}
            onChange={(event) => setSort(event.currentTarget.value)}
            data={SORTS.map((value) => ({ value, label: t(`worklists.sorted.${value}`) }))}
          />
        </div>
      )}
      {bulk.length > 0 && (
        <BulkBar
          actions={bulk}
          cases={cases}
          chosen={cases.filter(({ id }) => ids.has(id))}
          labels={labels}
          onChoose={(next) => setIds(new Set(next))}
        />
      )}
      <ul className="gw-case-list">
        {cases.map((each) => (
          <Row
            key={each.id}
            of={each}
            labels={labels}
            calendar={calendar}
            onOpen={() => onOpen(each.id)}
            chosen={bulk.length > 0 ? ids.has(each.id) : undefined}
            onChoose={(chosen) => {
              const next = new Set(ids)
              if (chosen) next.add(each.id)
              else next.delete(each.id)
              setIds(next)
            }}
          />
        ))}
      </ul>
      {cases.length === 0 && <p className="gw-hint">{wanted === '' ? none : t('worklists.notFound')}</p>}
      {found.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
          data-testid="case-list-more"
        >
          {t('place.more')}
        </Button>
      )}
    </section>
  )
}

interface RowProps {
  of: CaseSummary
  labels: Labels
  calendar: WorkingCalendar | undefined
  onOpen(): void
  /** undefined: nothing is done to many at once. */
  chosen: boolean | undefined
  onChoose(chosen: boolean): void
}

function Row({ of, labels, calendar, onOpen, chosen, onChoose }: RowProps) {
  const { t, enums } = useTexts()
  const { dueAt, limitKind, suspendedUntil, severity, department } = of
  return (
    <li>
      {chosen !== undefined && (
        <Checkbox
          size="xs"
          checked={chosen}
          aria-label={t('worklists.chooseOne', { title: of.title })}
          onChange={(event) => onChoose(event.currentTarget.checked)}
          data-testid={`case-choose-${of.id}`}
        />
      )}
      <button type="button" onClick={onOpen} data-testid={`case-row-${of.id}`}>
        <span className="gw-case-row-head">
          <b>{of.title}</b>
          <small>{dueAt && formatTime(dueAt)}</small>
        </span>
        <span className="gw-case-row-facts">
          {labels.state(of.state)} · {enums('severity', severity)} · {department?.name ?? t('cases.nobody')}
        </span>
        {limitKind !== null && (
          <DeadlineClock brief deadline={{ dueAt, limitKind, suspendedUntil }} calendar={calendar} />
        )}
      </button>
    </li>
  )
}
