import './lists.css'
import { NativeSelect, Switch } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { getFacets } from '../api/lists.ts'
import { canBeUnassigned, clearPatch, filterPatch, type LayerFilter } from '../app/filters.ts'
import { formatCount } from '../ui/format.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { AreaFilter } from './area-filter.tsx'
import { CellFilter } from './cell-filter.tsx'
import { ChoiceFilter } from './choice-filter.tsx'
import { FilterChips } from './filter-chips.tsx'
import { PeriodFilter } from './period-filter.tsx'
import { type ListsProps, listLayer } from './props.ts'
import { TextFilter } from './text-filter.tsx'
import { texts } from './texts.ts'

addTexts(texts)

/** What one layer is narrowed to, on the map and in its list alike; the body of the left-hand panel. */
export default function FilterPanel(props: ListsProps) {
  const { view, workspace } = props
  const { t, lang } = useTexts()
  const layer = listLayer(view)
  const filter = view.filters[layer] ?? {}
  const put = (next: LayerFilter, how: 'push' | 'replace' = 'push') =>
    view.change(filterPatch(layer, next), how)
  const facets = useQuery({
    queryKey: ['facets', layer, filter],
    queryFn: ({ signal }) => getFacets(layer, filter, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === layer ? keepPreviousData(before) : undefined),
  })
  const name = (id: LayerId) =>
    view.filters[id] ? t('filters.filtered', { layer: LAYERS[id].title[lang] }) : LAYERS[id].title[lang]
  const filteredLayers = Object.keys(view.filters).length
  return (
    <div className="gw-list" data-testid="filter-panel">
      <div className="gw-list-head">
        <NativeSelect
          size="xs"
          aria-label={t('filters.layer')}
          value={layer}
          onChange={(event) =>
            view.change(
              { list: LAYER_IDS.find((id) => id === event.currentTarget.value), sort: undefined },
              'replace',
            )
          }
          data={LAYER_IDS.map((id) => ({ value: id, label: name(id) }))}
          data-testid="filter-layer"
        />
        <FilterChips view={view} layer={layer} />
        <div className="gw-list-controls">
          <output className="gw-list-count" aria-live="polite" data-testid="filter-count">
            {facets.data &&
              t('filters.result', {
                n: formatCount(facets.data.total),
                m: formatCount(workspace.counts[layer] ?? facets.data.total),
              })}
          </output>
          {filteredLayers > 1 && (
            <button type="button" className="gw-link" onClick={() => view.change(clearPatch())}>
              {t('filters.clearAll')}
            </button>
          )}
        </div>
      </div>
      <div className="gw-panel-body gw-filters" key={layer}>
        <TextFilter filter={filter} put={put} />
        {facets.isError && !facets.data && (
          <div className="gw-hint" role="alert">
            {t('filters.failed')} <ProblemText error={facets.error} />
          </div>
        )}
        {facets.data?.facets.map(({ property, values }) => (
          <ChoiceFilter
            key={property}
            layer={layer}
            choice={property}
            values={values}
            chosen={filter[property] ?? []}
            onChange={(chosen) => put({ ...filter, [property]: chosen })}
          />
        ))}
        <PeriodFilter layer={layer} filter={filter} put={put} />
        <CellFilter layer={layer} filter={filter} put={put} within={props.within} />
        {canBeUnassigned(layer) && (
          <Switch
            mt={12}
            size="xs"
            label={t('filters.unassigned')}
            checked={filter.unassigned === true}
            onChange={(event) =>
              put({ ...filter, unassigned: event.currentTarget.checked ? true : undefined })
            }
          />
        )}
        <AreaFilter filter={filter} put={put} map={props.map} scheme={view.scheme} />
      </div>
    </div>
  )
}
