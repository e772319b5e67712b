import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { useTexts } from '../ui/i18n.ts'
import {
  clearMultiSelection,
  setListFocus,
  setMultiSelection,
  useMultiSelection,
} from '../ui/multi-selection.ts'
import { chooseRange, moveBy, toggleRow } from './choose.ts'
import { atOf } from './describe-row.ts'
import { ListRow } from './list-row.tsx'
import type { ListRegistry, ListsProps } from './props.ts'
import { swatchOf } from './swatch-of.ts'
import { useRows } from './use-rows.ts'

/** Rows grow with the text, which is larger on very large screens; see shell.css. */
const ROW_REM = 3
const rowPixelsNow = () => ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

interface FeatureListProps extends Pick<ListsProps, 'view' | 'selected' | 'onSelect'> {
  layer: LayerId
  ids: readonly number[]
  registry: ListRegistry
  /** Not every chosen row found room; says so. */
  onCapped(capped: boolean): void
  /** A letter typed on the list goes on in the text filter. */
  onType(): void
}

/** One layer as a list that is read by windows: the keyboard's and the screen reader's way to the map's features. */
export function FeatureList(props: FeatureListProps) {
  const { view, selected, onSelect, layer, ids, registry, onCapped, onType } = props
  const texts = useTexts()
  const { t, lang } = texts
  const [rowPixels] = useState(rowPixelsNow)
  const scroller = useRef<HTMLDivElement>(null)
  const multi = useMultiSelection()
  const chosen = multi.layer === layer ? multi.ids : undefined
  const [activeId, setActiveId] = useState<number>()
  const anchorId = useRef<number>(undefined)
  const active = useMemo(() => (activeId === undefined ? -1 : ids.indexOf(activeId)), [ids, activeId])

  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 6,
    // The active row stays in the document, for aria-activedescendant must name something.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan)
      const to = Math.min(count - 1, endIndex + overscan)
      const range = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
      if (active >= 0 && active < from) range.unshift(active)
      if (active > to) range.push(active)
      return range
    },
  })
  const items = virtual.getVirtualItems()
  const seen = virtual.range
  const { byId, isLoaded } = useRows(layer, ids, seen?.startIndex ?? 0, seen?.endIndex ?? 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts are new each time; only the language changes them
  const swatch = useMemo(
    () => swatchOf(layer, view.scheme, registry, texts),
    [layer, view.scheme, registry, lang],
  )

  // What is selected on the map comes into view here.
  const selectedId = selected?.layer === layer ? selected.id : undefined
  const scrollTo = useRef(virtual.scrollToIndex)
  scrollTo.current = virtual.scrollToIndex
  const found = useMemo(() => (selectedId === undefined ? -1 : ids.indexOf(selectedId)), [ids, selectedId])
  useEffect(() => {
    if (selectedId === undefined || found < 0) return
    setActiveId(selectedId)
    anchorId.current = selectedId
    scrollTo.current(found, { align: 'auto' })
  }, [selectedId, found])
  useEffect(() => () => setListFocus(undefined), [])

  const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowPixels) / rowPixels) - 1)
  const anchor = () => (anchorId.current === undefined ? -1 : ids.indexOf(anchorId.current))

  function moveTo(index: number): void {
    const id = ids[index]
    if (id === undefined) return
    setActiveId(id)
    setListFocus({ layer, id })
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  function open(id: number): void {
    const row = byId.get(id)
    onSelect(row ? atOf(layer, row) : `${layer}/${id}`)
  }
  function extendTo(index: number, keep: boolean): void {
    const from = anchor()
    if (from < 0) anchorId.current = ids[index]
    onCapped(!chooseRange(layer, ids, from < 0 ? index : from, index, keep))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || ids.length === 0) return
    const command = event.ctrlKey || event.metaKey
    const next = moveBy(event.key, active, ids.length, pageRows)
    if (next !== undefined) {
      if (event.shiftKey) {
        if (anchorId.current === undefined && activeId !== undefined) anchorId.current = activeId
        extendTo(next, false)
      } else if (!command) anchorId.current = ids[next]
      moveTo(next)
    } else if (event.key === 'Enter' && activeId !== undefined) open(activeId)
    else if (event.key === ' ' && activeId !== undefined) {
      anchorId.current = activeId
      onCapped(!toggleRow(layer, activeId))
    } else if (command && event.key.toLowerCase() === 'a') onCapped(!setMultiSelection(layer, ids))
    else if (event.key === 'Escape' && chosen) clearMultiSelection()
    else {
      if (command || event.key.length !== 1 || event.key === '/' || event.key === '?') return
      // The letter itself still arrives where the focus is now, but is no shortcut any more.
      onType()
      return event.stopPropagation()
    }
    event.preventDefault()
    event.stopPropagation()
  }

  function onClick(event: MouseEvent, id: number, index: number) {
    const onMark = (event.target as Element).closest('[data-mark]') !== null
    setActiveId(id)
    if (event.shiftKey) return extendTo(index, event.ctrlKey || event.metaKey)
    anchorId.current = id
    if (event.ctrlKey || event.metaKey || onMark) return onCapped(!toggleRow(layer, id))
    open(id)
  }

  return (
    <div
      ref={scroller}
      className="gw-list-scroll"
      role="listbox"
      tabIndex={0}
      aria-label={t('lists.listOf', { layer: LAYERS[layer].title[lang] })}
      aria-description={t('lists.keys')}
      aria-multiselectable="true"
      aria-activedescendant={active >= 0 ? rowId(ids[active]!) : undefined}
      data-testid="feature-list"
      onKeyDown={onKeyDown}
      onFocus={() => {
        if (active < 0) setActiveId(ids[seen?.startIndex ?? 0])
        else setListFocus({ layer, id: ids[active]! })
      }}
      onBlur={() => setListFocus(undefined)}
      onMouseLeave={() => setListFocus(undefined)}
    >
      <div className="gw-list-rows" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const id = ids[index]!
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's, which names the active option
            <div
              key={id}
              id={rowId(id)}
              className="gw-list-row"
              role="option"
              tabIndex={-1}
              aria-selected={chosen?.has(id) ?? false}
              aria-current={id === selectedId || undefined}
              aria-setsize={ids.length}
              aria-posinset={index + 1}
              data-active={index === active || undefined}
              data-id={id}
              style={{ transform: `translateY(${start}px)`, height: rowPixels }}
              // The list keeps the focus: a row that scrolls away would take it along.
              onMouseDown={(event) => {
                event.preventDefault()
                scroller.current?.focus({ preventScroll: true })
              }}
              onClick={(event) => onClick(event, id, index)}
              onMouseEnter={() => setListFocus({ layer, id })}
            >
              <ListRow
                layer={layer}
                feature={byId.get(id)}
                gone={isLoaded(index)}
                facts={registry.facts[layer]}
                swatch={swatch}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

const rowId = (id: number) => `gw-row-${id}`
