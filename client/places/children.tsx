import { Loader } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import type { Place } from '../../geodata/places/place.schema.ts'
import { CELL_LAYERS, type CellLayer } from '../../geodata/shared/codes.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { getRows } from '../api/lists.ts'
import { listFeatures } from '../api/places.ts'
import { formatCount, formatKnown } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { useOwnArea } from '../ui/session.ts'

const PAGE = 60

interface ChildrenProps {
  /** undefined: the whole area, whose children are its communities, or the cells of one's own area */
  place: Place | undefined
  onSelect(at: string): void
}

const NEXT: Partial<Record<LayerId, LayerId>> = {
  communities: 'grids',
  grids: 'micro-grids',
  'micro-grids': 'buildings',
}

/** The level below as a list: the way in for keyboard and screen reader, and a ranking at a glance. */
export function Children({ place, onSelect }: ChildrenProps) {
  const own = useOwnArea()
  if (place || !own) return <Level place={place} onSelect={onSelect} />
  return CELL_LAYERS.map((layer) => {
    const ids = own.filter((cell) => cell.layer === layer).map(({ id }) => id)
    return ids.length > 0 && <OwnCells key={layer} layer={layer} ids={ids} onSelect={onSelect} />
  })
}

function Level({ place, onSelect }: ChildrenProps) {
  const { t } = useTexts()
  const layer = place ? NEXT[place.layer] : 'communities'
  const parent = place?.code
  const pages = useInfiniteQuery({
    queryKey: ['children', layer, parent],
    queryFn: ({ pageParam }) =>
      listFeatures(layer!, { parent, cursor: pageParam, limit: PAGE, geometry: false }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: layer !== undefined,
  })
  if (!layer) return null
  const children = pages.data?.pages.flatMap((page) => page.features) ?? []
  const total = place?.children.find((child) => child.layer === layer)?.count
  return (
    <CellList layer={layer} total={total} cells={children} loading={pages.isLoading} onSelect={onSelect}>
      {pages.isSuccess && children.length === 0 && <p className="gw-hint">{t('place.noChildren')}</p>}
      {pages.hasNextPage && (
        <button type="button" className="gw-link" onClick={() => void pages.fetchNextPage()}>
          {t('place.more')}
        </button>
      )}
    </CellList>
  )
}

/** The cells of one level that someone's area is made of: what holds them is not theirs to open. */
function OwnCells({
  layer,
  ids,
  onSelect,
}: {
  layer: CellLayer
  ids: readonly number[]
  onSelect(at: string): void
}) {
  const cells = useQuery({
    queryKey: ['own-cells', layer, ids],
    queryFn: ({ signal }) => getRows(layer, ids, false, signal),
  })
  return (
    <CellList
      layer={layer}
      total={ids.length}
      cells={cells.data ?? []}
      loading={cells.isLoading}
      onSelect={onSelect}
    />
  )
}

interface CellListProps {
  layer: LayerId
  total: number | undefined
  cells: readonly StoredFeature[]
  loading: boolean
  onSelect(at: string): void
  children?: ReactNode
}

function CellList({ layer, total, cells, loading, onSelect, children }: CellListProps) {
  const { t, lang } = useTexts()
  return (
    <div className="gw-children">
      <h3>
        {LAYERS[layer].title[lang]}
        {total !== undefined && <span className="gw-count">{formatCount(total)}</span>}
      </h3>
      {loading && <Loader size={16} role="img" aria-label={t('place.loading')} />}
      <ul>
        {cells.map((child) => (
          <li key={child.id}>
            <button type="button" onClick={() => onSelect(atOf(layer, child))} data-testid="child">
              <span className="gw-child-name">
                {(child.properties.name as string | null) ??
                  (child.properties.address as string | null) ??
                  t('place.unnamed', { layer: LAYERS[layer].noun[lang] })}
              </span>
              <small>
                {layer === 'buildings' && child.properties.floors
                  ? `${t('unit.floors', { count: Number(child.properties.floors) })} · `
                  : ''}
                {t('unit.households', {
                  value: formatKnown(
                    child.properties.households,
                    Number(child.properties.householdsUnknown ?? 0) > 0,
                  ),
                })}
              </small>
              <IconChevronRight size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {children}
    </div>
  )
}

const atOf = (layer: LayerId, child: StoredFeature): string =>
  typeof child.properties.code === 'string' ? child.properties.code : `${layer}/${child.id}`
