import { Button, Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { VersionEntry } from '../../geodata/history/history.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { listVersions } from '../api/history.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useOwnName } from '../ui/session.ts'
import { fieldLabel } from '../ui/words/property-words.ts'
import { VersionDetails } from './version-details.tsx'

interface HistoryListProps {
  layer: LayerId
  id: number
  map: MapHandle | null
}

/** What became of a feature, newest first; each version opens to what it changed. */
export function HistoryList({ layer, id, map }: HistoryListProps) {
  const texts = useTexts()
  const { t } = texts
  const self = useOwnName()
  const base = useId()
  const [open, setOpen] = useState<string>()
  const query = useInfiniteQuery({
    queryKey: ['versions', layer, id],
    queryFn: ({ pageParam, signal }) => listVersions(layer, id, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  if (!query.data) return <LoadState error={query.error} onRetry={() => void query.refetch()} />
  const entries = query.data.pages.flatMap((page) => page.versions)
  const newest = entries[0]
  const kept = entries.filter(({ how }) => how !== 'deleted')
  const who = (actor: VersionEntry['actor']) =>
    actor === null ? t('history.nobody') : actor === self ? t('history.self') : actor
  return (
    <section className="gw-history" aria-label={t('history.list')} data-testid="history">
      <ol>
        {entries.map((entry) => {
          const key = `${entry.version}${entry.how === 'deleted' ? 'd' : ''}`
          const shown = open === key
          const current = entry === newest && entry.how !== 'deleted'
          return (
            <li key={key} data-testid="version">
              <button
                type="button"
                className="gw-version"
                aria-expanded={shown}
                aria-controls={shown ? `${base}-${key}` : undefined}
                onClick={() => setOpen(shown ? undefined : key)}
              >
                <span className="gw-version-head">
                  <b>{t(`history.how.${entry.how}`)}</b>
                  <small>v{entry.version}</small>
                  {current && <em>{t('history.current')}</em>}
                  <time dateTime={entry.from}>{formatTime(entry.from)}</time>
                </span>
                <span className="gw-version-who">
                  {who(entry.actor)}
                  {entry.changed.length > 0 &&
                    ` · ${entry.changed.map((name) => fieldLabel(name, texts)).join(t('history.comma'))}`}
                </span>
                {entry.changeSet?.note && <q>{entry.changeSet.note}</q>}
              </button>
              {shown && (
                <div id={`${base}-${key}`}>
                  <VersionDetails
                    key={`${layer}/${id}/${key}`}
                    layer={layer}
                    id={id}
                    map={map}
                    entry={entry}
                    versions={kept}
                    newest={newest!}
                  />
                </div>
              )}
            </li>
          )
        })}
      </ol>
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? <Loader size={12} /> : t('history.more')}
        </Button>
      )}
    </section>
  )
}
