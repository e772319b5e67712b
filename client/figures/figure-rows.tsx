import { Button, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { IndicatorRow, IndicatorRows } from '../../geodata/figures/indicator.schema.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useMay } from '../ui/session.ts'
import type { PeriodChoice } from './ask.ts'
import { CsvLink } from './downloads.tsx'
import { figureQuery } from './use-figures.ts'
import { categoryWords } from './words.ts'

interface FigureRowsProps {
  /** What tells these rows from others. */
  asked: readonly unknown[]
  period: PeriodChoice
  read(page: { limit: number; cursor: string | undefined }, signal: AbortSignal): Promise<IndicatorRows>
  csv: string
  /** They are in the period by their deadlines. */
  isByDeadline: boolean
  select(at: string | undefined): void
}

const PAGE = 100
const VISIT_STATES = ['visited', 'probable', 'unknown'] as const

/** What stands behind a figure, page by page, each with a way to its hazard or site. */
export function FigureRows({ asked, period, read, csv, isByDeadline, select }: FigureRowsProps) {
  const { t } = useTexts()
  const mayExport = useMay('export')
  const pages = useInfiniteQuery({
    queryKey: ['figures', 'rows', ...asked],
    queryFn: ({ pageParam, signal }) => read({ limit: PAGE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    ...figureQuery(period),
  })
  const rows = pages.data?.pages.flatMap((page) => page.rows)
  return (
    <>
      {!rows ? (
        <LoadState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : rows.length === 0 ? (
        <p className="gw-hint" role="status">
          {t('figures.noRows')}
        </p>
      ) : (
        <ul aria-busy={pages.isPlaceholderData} data-testid="indicator-rows">
          {rows.map((row) => (
            <Row
              key={`${row.id}/${row.run}`}
              row={row}
              isByDeadline={isByDeadline}
              onOpen={() => select(`${row.layer}/${row.id}`)}
            />
          ))}
        </ul>
      )}
      <div className="gw-figures-actions">
        {pages.hasNextPage && (
          <Button
            size="compact-sm"
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('figures.moreRows')}
          </Button>
        )}
        {mayExport && rows && rows.length > 0 && <CsvLink href={csv} />}
      </div>
    </>
  )
}

function Row({ row, isByDeadline, onOpen }: { row: IndicatorRow; isByDeadline: boolean; onOpen(): void }) {
  const { t, lang, enums } = useTexts()
  const time = formatTime(row.at)
  const facts = [
    isByDeadline ? t('figures.rowAt.due', { time }) : t('figures.rowAt.at', { time }),
    row.category && categoryWords(row.category, lang),
    row.layer === 'hazards' ? row.state && enums('state', row.state) : visitWords(row.state),
    row.run > 1 ? t('figures.rowTimes', { run: row.run }) : '',
  ]
  const body = (
    <>
      <span>{row.title || row.id}</span>
      <small>{facts.filter(Boolean).join(' · ')}</small>
    </>
  )
  return (
    <li>
      {row.there ? (
        <UnstyledButton className="gw-indicator-row" onClick={onOpen} data-testid="indicator-row">
          {body}
        </UnstyledButton>
      ) : (
        <span className="gw-indicator-row">
          {body}
          <small>{t('figures.deleted')}</small>
        </span>
      )}
    </li>
  )

  function visitWords(state: string | null): string {
    return t(`figures.visit.${VISIT_STATES.find((known) => known === state) ?? 'none'}`)
  }
}
