import './lists.css'
import { ActionIcon, CloseButton, Loader, NativeSelect, Switch, TextInput } from '@mantine/core'
import { IconDownload, IconSearch, IconSortAscending2, IconSortDescending2 } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { filteredExportUrl } from '../api/lists.ts'
import { filterPatch } from '../app/filters.ts'
import { formatCount } from '../ui/format.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { MULTI_MAX, useMultiSelection } from '../ui/multi-selection.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { useAreaName, useOwnArea, usePermissions } from '../ui/session.ts'
import { FeatureList } from './feature-list.tsx'
import { FilterChips } from './filter-chips.tsx'
import { type ListsProps, listLayer } from './props.ts'
import { SelectionBar } from './selection-bar.tsx'
import { firstSort, readSort, SORT_KEYS, type SortKey, sortLabel, writeSort } from './sort-keys.ts'
import { texts } from './texts.ts'
import { useFilterText } from './use-filter-text.ts'
import { useIds } from './use-rows.ts'

addTexts(texts)

/** The list of one layer with what it is narrowed to and how it is ordered; the body of the left-hand panel. */
export default function ListPanel(props: ListsProps) {
  const may = usePermissions()
  const limited = useOwnArea() !== undefined
  const areaName = useAreaName(props.workspace.name)
  const { view, workspace, box } = props
  const { t, lang } = useTexts()
  const layer = listLayer(view)
  const filter = view.filters[layer] ?? {}
  const sort = readSort(layer, view.search.sort)
  const inView = view.search.inview === '1'
  const answer = useIds(layer, filter, writeSort(sort), inView ? box : undefined)
  const multi = useMultiSelection()
  const [capped, setCapped] = useState(false)
  const find = useRef<HTMLInputElement>(null)
  const [text, setText] = useFilterText(filter.q, (q) =>
    view.change(filterPatch(layer, { ...filter, q }), 'replace'),
  )
  const chosen = multi.layer === layer ? multi.ids.size : 0
  useEffect(() => {
    if (chosen === 0) setCapped(false)
  }, [chosen])

  const setSort = (next: ReturnType<typeof readSort>) => view.change({ sort: writeSort(next) }, 'replace')
  const filtered = Object.keys(filter).length > 0
  const ids = answer.data?.ids ?? []
  const title = LAYERS[layer].title[lang]
  const follows = inView
    ? t(filtered ? 'lists.followsBoth' : 'lists.followsView')
    : t(filtered ? 'lists.followsFilter' : 'lists.all')
  const direction = t(sort.descending ? 'lists.descending' : 'lists.ascending')

  return (
    <div className="gw-list" data-testid="list-panel">
      <div className="gw-list-head">
        <div className="gw-list-controls">
          <NativeSelect
            size="xs"
            aria-label={t('lists.layer')}
            value={layer}
            onChange={(event) =>
              view.change(
                { list: LAYER_IDS.find((id) => id === event.currentTarget.value), sort: undefined },
                'replace',
              )
            }
            data={LAYER_IDS.map((id) => ({ value: id, label: LAYERS[id].title[lang] }))}
            data-testid="list-layer"
          />
          <NativeSelect
            size="xs"
            aria-label={t('lists.sort')}
            value={sort.key}
            onChange={(event) => setSort(firstSort(event.currentTarget.value as SortKey))}
            data={SORT_KEYS[layer].map((key) => ({ value: key, label: sortLabel(key, { t }) }))}
            data-testid="list-sort"
          />
          <ActionIcon
            variant="default"
            size={30}
            aria-label={direction}
            title={direction}
            onClick={() => setSort({ ...sort, descending: !sort.descending })}
          >
            {sort.descending ? <IconSortDescending2 size={16} /> : <IconSortAscending2 size={16} />}
          </ActionIcon>
        </div>
        <TextInput
          ref={find}
          size="xs"
          aria-label={t('lists.find')}
          placeholder={t('lists.find')}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          rightSection={
            text && <CloseButton size={24} aria-label={t('lists.clearFind')} onClick={() => setText('')} />
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return
            event.preventDefault()
            document.querySelector<HTMLElement>('.gw-list-scroll')?.focus()
          }}
          data-testid="list-find"
        />
        <FilterChips view={view} layer={layer} />
        <div className="gw-list-controls">
          <Switch
            size="xs"
            label={t('lists.inView')}
            checked={inView}
            onChange={(event) =>
              view.change({ inview: event.currentTarget.checked ? '1' : undefined }, 'replace')
            }
            data-testid="list-in-view"
          />
          <output className="gw-list-count" aria-live="polite" data-testid="list-count">
            {answer.data ? (
              <>
                <b>
                  {t('lists.count', {
                    n: formatCount(answer.data.total),
                    m: formatCount(workspace.counts[layer] ?? answer.data.total),
                  })}
                </b>{' '}
                {follows}
              </>
            ) : (
              t('lists.loading')
            )}
          </output>
          {may('export') && (
            <ActionIcon
              component="a"
              href={filteredExportUrl(layer, filter, { bbox: inView ? box : undefined })}
              download
              variant="subtle"
              color="gray"
              size={24}
              aria-label={t('lists.exportAll')}
              title={t('lists.exportAll')}
            >
              <IconDownload size={16} />
            </ActionIcon>
          )}
        </div>
        {answer.data?.truncated && (
          <p className="gw-hint">{t('lists.truncated', { n: formatCount(ids.length) })}</p>
        )}
      </div>
      {answer.isError && !answer.data ? (
        <div className="gw-list-empty" role="alert">
          <b>{t('lists.failed')}</b>
          <ProblemText error={answer.error} />
          <button type="button" className="gw-link" onClick={() => void answer.refetch()}>
            {t('lists.retry')}
          </button>
        </div>
      ) : answer.data && ids.length === 0 ? (
        <div className="gw-list-empty">
          <b>{t('lists.none', { layer: title })}</b>
          {(filtered || inView) && <p className="gw-hint">{t('lists.noneHint')}</p>}
          {limited && <p className="gw-hint">{t('lists.ownAreaOnly', { area: areaName })}</p>}
        </div>
      ) : answer.data ? (
        <FeatureList
          key={layer}
          view={view}
          layer={layer}
          ids={ids}
          registry={props.registry}
          selected={props.selected}
          onSelect={props.onSelect}
          onCapped={setCapped}
          onType={() => find.current?.focus()}
        />
      ) : (
        <div className="gw-list-empty">
          <Loader size={18} aria-label={t('lists.loading')} />
        </div>
      )}
      <SelectionBar layer={layer} map={props.map} onEdit={props.onEdit} />
      <output className="gw-unseen" aria-live="polite" data-testid="list-said">
        {capped ? t('lists.capped', { most: formatCount(MULTI_MAX) }) : ''}
      </output>
    </div>
  )
}
