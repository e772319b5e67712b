import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { AUDIT_KIND_NAMES, AUDIT_KINDS, type AuditKind } from '../../../geodata/access/audit.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../../geodata/shared/layer.ts'
import { type AuditFilter, auditCsvUrl, listAudit } from '../../api/audit.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import type { SectionProps } from '../../ui/sections/section-props.ts'
import { AuditRow } from './audit-row.tsx'

const ROW_PIXELS = 44

/** Who did what, when and from where: every change and export since the beginning, newest first. */
export default function AuditSection({ onSelect }: SectionProps) {
  const { t, lang } = useTexts()
  const [typed, setTyped] = useState({ q: '', actor: '' })
  const [texts] = useDebouncedValue(typed, 250)
  const [kind, setKind] = useState<AuditKind>()
  const [layer, setLayer] = useState<LayerId>()
  const [days, setDays] = useState({ from: '', to: '' })
  const filter: AuditFilter = {
    q: texts.q.trim() || undefined,
    actor: texts.actor.trim() || undefined,
    kind,
    layer,
    from: startOf(days.from, 0),
    to: startOf(days.to, 1),
  }
  const pages = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => listAudit(filter, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? []
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    getItemKey: (index) => entries[index]!.id,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= entries.length - 20) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, entries.length])

  const toggle = (id: number) =>
    setOpen((old) => new Set(old.has(id) ? [...old].filter((each) => each !== id) : [...old, id]))
  return (
    <div className="gw-audit">
      <form className="gw-audit-filters" onSubmit={(event) => event.preventDefault()}>
        <TextInput
          label={t('admin.auditText')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={typed.q}
          onChange={(event) => setTyped({ ...typed, q: event.currentTarget.value })}
          data-testid="audit-text"
        />
        <TextInput
          label={t('admin.who')}
          value={typed.actor}
          autoCapitalize="none"
          onChange={(event) => setTyped({ ...typed, actor: event.currentTarget.value })}
          data-testid="audit-actor"
        />
        <NativeSelect
          label={t('admin.what')}
          value={kind ?? ''}
          onChange={(event) => setKind(AUDIT_KIND_NAMES.find((known) => known === event.target.value))}
          data={[
            { value: '', label: t('admin.anything') },
            ...AUDIT_KIND_NAMES.map((value) => ({ value, label: AUDIT_KINDS[value][lang] })),
          ]}
          data-testid="audit-kind"
        />
        <NativeSelect
          label={t('admin.layer')}
          value={layer ?? ''}
          onChange={(event) => setLayer(LAYER_IDS.find((known) => known === event.target.value))}
          data={[
            { value: '', label: t('admin.anything') },
            ...LAYER_IDS.map((value) => ({ value, label: LAYERS[value].title[lang] })),
          ]}
        />
        <TextInput
          type="date"
          label={t('admin.fromDay')}
          value={days.from}
          onChange={(event) => setDays({ ...days, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('admin.toDay')}
          value={days.to}
          onChange={(event) => setDays({ ...days, to: event.currentTarget.value })}
        />
        <Button
          component="a"
          href={auditCsvUrl(filter)}
          download
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          data-testid="audit-csv"
        >
          {t('admin.csv')}
        </Button>
      </form>
      {!pages.data ? (
        <LoadState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : (
        <div className="gw-audit-scroll" ref={scroller}>
          {entries.length === 0 && !hasNextPage && <p className="gw-hint">{t('admin.noEntries')}</p>}
          <ol
            aria-label={t('section.audit')}
            style={{ height: virtual.getTotalSize() }}
            data-testid="audit-list"
          >
            {items.map((item) => (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-setsize={hasNextPage ? -1 : entries.length}
                aria-posinset={item.index + 1}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <AuditRow
                  entry={entries[item.index]!}
                  open={open.has(entries[item.index]!.id)}
                  onToggle={() => toggle(entries[item.index]!.id)}
                  onSelect={onSelect}
                />
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}

/** Midnight here at the beginning of a day, `later` days on; undefined for no day. */
function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  return year && month && date ? new Date(year, month - 1, date + later).toISOString() : undefined
}
